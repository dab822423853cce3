// Files in the folders of the logs that, by their names, are not logs.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemCode } from '../base/errors.ts'
import type { LogPlace } from './find-logs.ts'
import { isLogName } from './log-file.ts'

/** Names that may be those of logs all the same. */
const LIKELY = /\.(log|json|txt|csv|jsonlines|jl|gz|zst|br)$|\.(jsonl|ndjson|log)[.-]/i

/** The likely ones in the folders themselves, not below, by name. */
export function namesOfOtherFiles(places: readonly LogPlace[], cwd: string): string[] {
  return places.flatMap(({ path }) => readNames(resolve(cwd, path))).sort()
}

function readNames(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile())
    return entries
      .map(entry => entry.name)
      .filter(name => !name.startsWith('.') && !isLogName(join(folder, name)) && LIKELY.test(name))
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    // Not there, no folder, or not to be read: told elsewhere.
    return []
  }
}
