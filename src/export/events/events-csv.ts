// Events as CSV for a warehouse: texts as they are, numbers with all their digits.
import { stringify } from 'csv-stringify/sync'
import { cellReader, cellText, type EventColumn, type EventFile } from './event-table.ts'

/** Few enough that they are gone before the memory is tidied up. */
const PIECE_EVENTS = 256

/** Hands over the text in pieces, the header first. */
export function eventsCsv(columns: readonly EventColumn[], write: (piece: string) => void): EventFile {
  const cellsOf = cellReader(columns)
  let records: string[][] = [columns.map(({ name }) => name)]
  const flush = () => {
    if (records.length > 0) write(stringify(records, { record_delimiter: '\n' }))
    records = []
  }
  return {
    add(event) {
      records.push(cellsOf(event).map(cell => cellText(cell) ?? ''))
      if (records.length >= PIECE_EVENTS) flush()
    },
    endGroup: flush,
    end: flush,
  }
}
