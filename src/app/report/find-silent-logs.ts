// Finds the logs of which no analysis carries usage although others do: those whose files say so, and those that say so with
// what was pruned from them.
import type { LogFile } from '../../log/log-file.ts'
import type { UnreadUsage } from '../../query/unread-usage.ts'
import type { EventsWithoutUsage } from './events-without-usage.ts'
import { type FoundSummary, logPathOf } from './find-summaries.ts'

interface LogPart {
  readonly files: readonly LogFile[]
  readonly summaries: readonly FoundSummary[]
}

interface SilentSearch {
  /** Of the files. */
  readonly unread: UnreadUsage | undefined
  /** Of all logs. */
  readonly all: EventsWithoutUsage
  readonly files: readonly LogFile[]
  readonly summaries: readonly FoundSummary[]
  /** What events of a part of the logs carry; undefined where nobody can say. */
  readonly ask: (part: LogPart) => Promise<EventsWithoutUsage | undefined>
}

/** Their paths, as `logPathOf` makes them. None where no event at all carries usage: that is known by model. */
export async function findSilentLogs({ unread, all, files, summaries, ask }: SilentSearch): Promise<Set<string>> {
  if (all.unknown === 0 || all.isSilent) return new Set()
  const names = new Set(unread?.files)
  const silent = new Set<string>()
  const filesOf = new Map<string, LogFile[]>()
  for (const file of files) {
    const log = logPathOf(file)
    filesOf.set(log, [...(filesOf.get(log) ?? []), file])
    if (names.has(file.name)) silent.add(log)
  }
  for (const log of new Set(summaries.map(each => each.log))) {
    const told = await ask({ files: filesOf.get(log) ?? [], summaries: summaries.filter(each => each.log === log) })
    if (told !== undefined && told.unknown > 0 && told.isSilent) silent.add(log)
    else silent.delete(log)
  }
  return silent
}
