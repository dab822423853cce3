// Events from lines that a reader has accepted: they are read once more with all fields as columns, so that each event shows
// the values that reports use.
import { streamLines } from '../../engine/local/stream-lines.ts'
import { FIELDS } from '../../event/fields.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Query } from '../../query/query.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import { eventBuilder, type ListedEvent } from '../../report/event/event-object.ts'
import type { Judged } from '../../tally/judged.ts'
import type { LogRequest } from '../request/requests.ts'
import { type EventCosts, withCost } from './event-costs.ts'

export interface AcceptedLine {
  readonly file: LogFile
  /** Without its line end. */
  readonly bytes: Uint8Array
}

const NEWLINE = Uint8Array.of(10)
const LINES_AT_ONCE = 1024

/** The events in the order of the lines. */
export function eventsOfLines(request: LogRequest, lines: readonly AcceptedLine[], costs: EventCosts): ListedEvent[] {
  const events: ListedEvent[] = new Array(lines.length)
  for (const [file, places] of placesByFile(lines)) {
    for (let start = 0; start < places.length; start += LINES_AT_ONCE) {
      const some = places.slice(start, start + LINES_AT_ONCE)
      const bytes = Buffer.concat(some.flatMap(place => [lines[place]!.bytes, NEWLINE]))
      let next = 0
      readEvents(request, file, bytes, costs, event => {
        events[some[next++]!] = event
      })
    }
  }
  return events
}

function placesByFile(lines: readonly AcceptedLine[]): ReadonlyMap<LogFile, number[]> {
  const places = new Map<LogFile, number[]>()
  for (const [place, { file }] of lines.entries()) {
    const known = places.get(file)
    if (known === undefined) places.set(file, [place])
    else known.push(place)
  }
  return places
}

function readEvents(
  request: LogRequest,
  file: LogFile,
  bytes: Uint8Array,
  costs: EventCosts,
  onEvent: (event: ListedEvent) => void,
): void {
  const format = request.logs.formatOf(file)
  const openEvents = eventBuilder(format, request.filter.zone)
  const query = costs.priced(allFields(request))
  const rowsOf = costs.openRows(query)
  const addEvents = (judged: Judged) => {
    const rows = rowsOf(judged)
    const eventOf = openEvents(judged)
    for (const row of judged.rows.subarray(0, judged.used)) onEvent(withCost(eventOf(row), rows, row))
  }
  streamLines(query, format, file, bytes, addEvents, ({ reason }) => {
    throw new Error(`a line that was accepted is now rejected: ${reason}`)
  })
}

/** A query of every event with every field. */
export function allFields({ logs, filter }: Pick<LogRequest, 'logs' | 'filter'>): Query {
  return {
    range: { from: null, to: null },
    timezone: filter.zone.name,
    logTimezone: logs.logTimezone,
    kinds: 'all',
    conditions: [],
    dedupe: 'off',
    cuts: NO_CUTS,
    extras: [],
    groupBys: [
      { name: 'fields', keys: FIELDS.map(field => field.name), sums: [], hasDurations: false, hasExtent: false },
    ],
  }
}
