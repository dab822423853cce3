// Rows of FOCUS as CSV in pieces: what has no value is empty.
import { stringify } from 'csv-stringify/sync'
import { visibleText } from '../../base/safe-text.ts'
import { type FocusVersion, writtenColumns } from './focus-columns.ts'
import { type FocusFile, type FocusUsage, focusCells } from './focus-rows.ts'

const PIECE_ROWS = 1000

export function* focusCsv(rows: Iterable<FocusUsage>, version: FocusVersion, file: FocusFile): Generator<string> {
  const names = writtenColumns(version)
  const records: string[][] = [[...names]]
  for (const usage of rows) {
    const cells = focusCells(usage, file)
    records.push(names.map(name => visibleText(cells[name] ?? '')))
    if (records.length === PIECE_ROWS) yield stringify(records.splice(0), { record_delimiter: '\n' })
  }
  if (records.length > 0) yield stringify(records, { record_delimiter: '\n' })
}
