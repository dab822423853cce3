// Turns a row of a log into an event that is held back until it is known whether it counts.

import type { SourceFormat } from '../event/source-format.ts'
import { sumTokens } from '../event/token-sums.ts'
import { type Rejected, readObject } from '../scan/read-line.ts'
import { bodyOf } from './event-line.ts'
import type { HeldRow, SourceRow } from './source.ts'

/** The result for a row; `skipped` if the format leaves it out. */
export type MadeRow =
  | { readonly kind: 'held'; readonly row: HeldRow; readonly isUndecided: boolean }
  | { readonly kind: 'skipped' }
  | Rejected

/** The file that the rows are from. */
export interface RowFile {
  readonly format: SourceFormat
  readonly hasFileDay: boolean
  readonly texts: ReadonlyMap<string, string> | undefined
}

/** `text` is the text of the line, given if the row is the whole line; numbers then keep all their digits. */
export function makeRow({ object, key, version, note }: SourceRow, text: string, line: number, file: RowFile): MadeRow {
  if (object === undefined) return { kind: 'held', row: linkRow(line, note), isUndecided: false }
  const result = readObject(object, text, file.format, [], file.hasFileDay, file.texts)
  if (result.kind !== 'event') return result
  const { values } = result
  const sums = sumTokens(name => values.numbers.get(name) ?? Number.NaN)
  if (sums.wrong !== undefined) return { kind: 'rejected', reason: 'bad-tokens', wrong: sums.wrong }
  const row: HeldRow = {
    line,
    body: bodyOf(values, sums),
    time: values.time,
    key: key ?? (file.format.steps === undefined ? undefined : values.id),
    outputTokens: sums.output,
    totalTokens: sums.input + sums.output + sums.unsplit,
    version,
    note,
    isDuplicate: false,
  }
  return { kind: 'held', row, isUndecided: values.isUndecided === true }
}

function linkRow(line: number, note: SourceRow['note']): HeldRow {
  return {
    line,
    body: '',
    time: undefined,
    key: undefined,
    outputTokens: 0,
    totalTokens: 0,
    version: undefined,
    note,
    isDuplicate: false,
  }
}
