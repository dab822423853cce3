// Events as CSV for a warehouse: texts as they are, numbers with all their digits.
import { stringify } from 'csv-stringify/sync'
import type { ListedEvent } from '../../report/event/event-object.ts'
import { cellText, type EventColumn, fieldOf } from './event-table.ts'

export function eventsCsvHeader(columns: readonly EventColumn[]): string {
  return stringify([columns.map(({ name }) => name)], { record_delimiter: '\n' })
}

export function eventsCsv(events: readonly ListedEvent[], columns: readonly EventColumn[]): string {
  const names = new Set(columns.map(({ name }) => name))
  const records = events.map(event => columns.map(({ name }) => cellText(fieldOf(event, name, names)) ?? ''))
  return stringify(records, { record_delimiter: '\n' })
}
