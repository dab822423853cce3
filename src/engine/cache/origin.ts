// What a tally was added up from, in full: of the same origin, the same tally.
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Query } from '../../query/query.ts'
import type { FileIdentity } from './file-identity.ts'

/** A file that changes later than so long after it was looked at shows it in its times. */
export const SETTLED_MS = 2000

/** The text of a format: two formats of one text read alike. */
export function textOfFormat(format: SourceFormat): string {
  const usage = { ...format.usage, fields: [...format.usage.fields] }
  return JSON.stringify({ ...format, fields: [...format.fields], usage, constants: [...format.constants] })
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
  return JSON.stringify([query, formats.map(textOfFormat), parts])
}
