// A question to the logs of a folder, as on the command line, without a process of its own.
import { runInProcess } from './run-in-process.ts'

type Answer = Awaited<ReturnType<typeof runInProcess>>

/** As a person in UTC would ask on 3 February 2026, of the logs in the folder itself. */
export async function askIn(folder: string, words: readonly string[], reading?: Parameters<typeof runInProcess>[4]) {
  const environment = {
    TZ: 'UTC',
    USAGEBOOK_NOW: '2026-02-03T08:00:00Z',
    USAGEBOOK_LOGS: folder,
    XDG_CACHE_HOME: folder,
  }
  return (await runInProcess(words, folder, environment, undefined, reading)) as Answer
}
