// The summaries of what was pruned from the logs of a run: all of the folders that were asked for, and those of the files.
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { systemCode } from '../base/errors.ts'
import type { LogPlace } from '../log/find-logs.ts'
import type { LogFile } from '../log/log-file.ts'
import { type FoundSummaries, readSummaries } from '../retention/summary-file.ts'

export async function findSummaries(
  places: readonly LogPlace[],
  cwd: string,
  files: readonly LogFile[],
): Promise<FoundSummaries> {
  const whole = new Set(places.filter(({ path }) => path !== '-').flatMap(({ path }) => foldersIn(resolve(cwd, path))))
  const paths = new Set(files.filter(({ path }) => path !== '-').map(({ path }) => path))
  const folders = new Set([...whole, ...[...paths].map(dirname)])
  const found: FoundSummaries[] = []
  for (const folder of [...folders].sort())
    found.push(await readSummaries(folder, log => whole.has(folder) || paths.has(join(folder, basename(log)))))
  return {
    summaries: found.flatMap(({ summaries }) => summaries),
    failures: found.flatMap(({ failures }) => failures),
  }
}

// A folder and those below it, as the search for logs sees them; none for what is no folder.
function foldersIn(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return []
    const below = readdirSync(path, { withFileTypes: true }).filter(entry => entry.isDirectory())
    return [path, ...below.flatMap(({ name }) => (name.startsWith('.') ? [] : foldersIn(join(path, name))))]
  } catch (error) {
    // The search for logs has said so.
    if (systemCode(error) === undefined) throw error
    return []
  }
}
