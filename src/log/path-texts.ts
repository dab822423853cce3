// Fields that are taken from the path of a log file, if its format says so.
import { sep } from 'node:path'
import type { SourceFormat } from '../event/source-format.ts'
import type { LogFile } from './log-file.ts'

/** Undefined where the format takes none from the path; empty where the path does not fit. */
export function textsOfPath({ plain }: SourceFormat, { path }: LogFile): ReadonlyMap<string, string> | undefined {
  if (plain?.path === undefined) return undefined
  const match = new RegExp(plain.path.pattern).exec(path.split(sep).join('/'))
  return new Map(plain.path.fields.flatMap((field, index) => (match === null ? [] : [[field, match[index + 1]!]])))
}
