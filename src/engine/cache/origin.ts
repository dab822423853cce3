// Everything that a tally was added up from: the same origin gives the same tally.
import { digest } from '../../base/digest.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Query } from '../../query/query.ts'
import type { FileIdentity } from './file-identity.ts'

/** A file that changes later than so long after it was looked at shows it in its times. */
export const SETTLED_MS = 2000

const keys = new WeakMap<SourceFormat, string>()

/** Stands for a format: two formats of one key read alike. */
export function keyOfFormat(format: SourceFormat): string {
  const key = keys.get(format) ?? digest(textOfFormat(format))
  keys.set(format, key)
  return key
}

// Maps are deep in formats too, and JSON has nothing of them.
function textOfFormat(format: SourceFormat): string {
  return JSON.stringify(format, (_, value: unknown) => (value instanceof Map ? [...value] : value))
}

/** The origin of what a query gives over whole files. */
export function originOf(
  query: Query,
  files: readonly LogFile[],
  formatOf: (file: LogFile) => SourceFormat,
  identityOf: (file: LogFile) => FileIdentity,
): string {
  const formats = [...new Set(files.map(formatOf))]
  const parts = files.map(file => [file.path, file.name, formats.indexOf(formatOf(file)), identityOf(file)])
  return JSON.stringify([query, formats.map(keyOfFormat), parts])
}
