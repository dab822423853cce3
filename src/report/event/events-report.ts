// A page of single events as a Report, so that it comes out in every format.
import { formatJson, type JsonValue, NumberLiteral } from '../../base/json.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { NamedRange } from '../../query/range.ts'
import { inNumber } from '../model/headline.ts'
import type { Cell, Column, Report } from '../model/report.ts'
import {
  buildPeriod,
  describeFilters,
  documentHead,
  ledgerNotes,
  ledgerObject,
  sourcesObject,
} from '../model/report-frame.ts'
import type { ListedEvent } from './event-object.ts'

export interface EventsInput {
  readonly events: readonly ListedEvent[]
  readonly total: number
  readonly ledger: Ledger
  readonly firstInstant: number
  readonly lastInstant: number
  readonly limit: number
  readonly offset: number
  readonly range: NamedRange
  readonly zone: Zone
  readonly now: Instant
  readonly filters: { readonly [flag: string]: readonly string[] }
}

/** The fields that stand in a table; JSON has all that the line says. */
export const EVENT_COLUMNS: readonly Column[] = [
  { key: 'timestamp', title: 'Time', kind: 'text' },
  { key: 'event', title: 'Event', kind: 'text' },
  { key: 'client', title: 'Client', kind: 'text' },
  { key: 'user', title: 'User', kind: 'text' },
  { key: 'session', title: 'Session', kind: 'text' },
  { key: 'feature', title: 'Feature', kind: 'text' },
  { key: 'profile', title: 'Profile', kind: 'text' },
  { key: 'model', title: 'Model', kind: 'text' },
  { key: 'endpoint', title: 'Endpoint', kind: 'text' },
  { key: 'status', title: 'Status', kind: 'text' },
  { key: 'status_code', title: 'Code', kind: 'text' },
  { key: 'error', title: 'Error', kind: 'text' },
  { key: 'input_tokens', title: 'Input', kind: 'tokens' },
  { key: 'output_tokens', title: 'Output', kind: 'tokens' },
  { key: 'duration_ms', title: 'Took', kind: 'duration' },
  { key: 'cost_usd', title: 'Cost', kind: 'money' },
  { key: 'estimated_cost_usd', title: 'Estimated', kind: 'money' },
]

export function buildEventsReport(input: EventsInput): Report {
  const { events, total, ledger, limit, offset, zone } = input
  const period = buildPeriod(input.range, input, zone)
  const last = offset + events.length
  return {
    title: 'Events',
    period,
    compared: null,
    filters: describeFilters(input.filters),
    headlines: [inNumber({ label: 'events', value: total, kind: 'count' })],
    facts: events.length === 0 || events.length === total ? [] : [`${offset + 1} to ${last}`],
    sections: [
      {
        name: 'events',
        rowName: 'event',
        title: 'Events',
        columns: EVENT_COLUMNS,
        rows: events.map(({ object }) => EVENT_COLUMNS.map(column => cellOf(object[column.key], column))),
        objects: events.map(({ object }) => object),
        shown: EVENT_COLUMNS.map(column => column.key),
        optional: [],
        barKey: null,
        series: null,
        rest: null,
      },
    ],
    ledger,
    unpricedAnalyses: 0,
    notes: ledgerNotes(ledger),
    currency: 'USD',
    priceSource: null,
    document: {
      ...documentHead('events@1', input.now, period, input.filters, zone),
      ledger: ledgerObject(ledger),
      sources: sourcesObject(ledger),
      total,
      limit,
      offset,
      events: events.map(({ object }) => object),
    },
  }
}

// A field that is not what its column holds, such as a list as an error, is shown as its JSON.
function cellOf(value: JsonValue | undefined, { kind }: Column): Cell {
  if (value === undefined || value === null) return null
  if (kind !== 'text') return typeof value === 'string' || typeof value === 'boolean' ? null : (value as Cell)
  return typeof value === 'object' && !(value instanceof NumberLiteral) ? formatJson(value, 0) : String(value)
}
