// How long events are kept, by kind, in days; and what that means for a line of a log.
import { instantOfTime, type TimeZones } from '../base/parse-time.ts'
import type { Day } from '../base/zone.ts'
import { RESOLVED_KIND } from '../event/kind-fields.ts'
import type { SourceFormat } from '../event/source-format.ts'
import { readLine } from '../scan/read-line.ts'
import type { KeepsLine } from './judged-lines.ts'

export interface Retention {
  /** Days by kind of event. */
  readonly daysOf: ReadonlyMap<string, number>
  /** Of all other kinds; null keeps them. */
  readonly otherDays: number | null
}

/** Where a line stands, for those that do not say when they happened. */
export interface LinePlace extends TimeZones {
  readonly fileDay: Day | null
  readonly format: SourceFormat
}

/**
 * A test for the lines of a file: a line goes when its day is further back than its kind is kept. A line that is no event
 * goes with its file's day, as other kinds do; one that has no day at all stays.
 */
export function keepsLine(retention: Retention, place: LinePlace, today: Day): KeepsLine {
  return line => {
    const result = readLine(line.toString('utf8'), place.format, [], true)
    const values = result.kind === 'event' ? result.values : undefined
    const kind = values === undefined ? undefined : (values.texts.get('event') ?? 'analysis')
    // Until its threat is gone, a threat that was resolved is to stay so.
    const kept = kind === RESOLVED_KIND ? 'threat' : kind
    const days = kept === undefined ? retention.otherDays : (retention.daysOf.get(kept) ?? retention.otherDays)
    if (days === null) return true
    const time = values?.time
    const day = time === undefined ? place.fileDay : place.zone.dayOf(instantOfTime(time, place))
    return day === null || day >= today - days
  }
}
