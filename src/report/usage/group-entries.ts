// The rows of a group-by: the groups that there are, beside those of the range before, and where they are stretches of time,
// the empty ones too.
import { formatDay, formatInstant } from '../../base/calendar.ts'
import { decimalOfInteger, divideDecimals, formatDecimal, parseDecimal } from '../../base/decimal.ts'
import type { Day, Instant, Zone } from '../../base/zone.ts'
import { formatMonth, formatWeek } from '../../query/period.ts'
import { isTimeUnit, type TimeUnit } from '../../query/query.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { startOfTimeKey } from '../../tally/time-keys.ts'
import { UsageTotals } from '../group/usage-groups.ts'
import type { GroupField, ReportInput } from '../model/report-definition.ts'
import { buildPeriod } from '../model/report-frame.ts'
import { bucketKeysOf, keyBefore } from '../table/buckets.ts'
import type { Entry } from './section-spec.ts'

export interface KeyedTotals {
  readonly keys: readonly KeyValue[]
  readonly totals: UsageTotals
}

type ByKeys = ReadonlyMap<string, KeyedTotals>

/** `groups` and `before` are by the JSON of their keys. */
export function groupEntries(
  groups: ByKeys,
  before: ByKeys | null,
  fields: readonly GroupField[],
  input: ReportInput,
): Entry[] {
  const moved = before === null ? null : moveTimes(before, fields, input)
  const there = new Map([...emptyBuckets(fields, input), ...groups])
  const entryOf = (keys: readonly KeyValue[], totals: UsageTotals, previous: UsageTotals | null): Entry => {
    const labels = keys.map((key, index) => formatKey(key, fields[index]!, input.zone))
    return { keys, labels, totals, previous }
  }
  const entries = [...there].map(([text, { keys, totals }]) => entryOf(keys, totals, moved?.get(text)?.totals ?? null))
  // What was there before and is not any more is news too.
  const gone = [...(moved ?? [])].filter(([text]) => !there.has(text))
  return [...entries, ...gone.map(([, { keys, totals }]) => entryOf(keys, new UsageTotals(), totals))]
}

// By time alone, what is missing in a row of days is seen: as in the dates of the usage report.
function emptyBuckets(fields: readonly GroupField[], { tally, range, zone }: ReportInput): [string, KeyedTotals][] {
  const unit = fields[0]!.column
  if (fields.length > 1 || !isTimeUnit(unit)) return []
  const period = buildPeriod(range, tally, zone)
  return bucketKeysOf(unit, period, tally, zone, []).map(key => [
    JSON.stringify([key]),
    { keys: [key], totals: new UsageTotals() },
  ])
}

// A day of the range before stands beside the day that is as far into this one.
function moveTimes(before: ByKeys, fields: readonly GroupField[], input: ReportInput): ByKeys {
  const { zone, tally } = input
  const [from, past] = [buildPeriod(input.range, tally, zone).from, input.before!.range.from]
  if (from === null || past === null || !fields.some(({ column }) => isTimeUnit(column))) return before
  const moved = new Map<string, KeyedTotals>()
  for (const { keys, totals } of before.values()) {
    const now = keys.map((key, index) => {
      const unit = fields[index]!.column
      return isTimeUnit(unit) ? keyBefore(unit, key as number, past as Instant, { from, to: null }, zone) : key
    })
    const text = JSON.stringify(now)
    const known = moved.get(text)
    if (known === undefined) moved.set(text, { keys: now, totals })
    else {
      const sum = new UsageTotals()
      sum.merge(known.totals)
      sum.merge(totals)
      moved.set(text, { keys: now, totals: sum })
    }
  }
  return moved
}

/** The value of a key as text: days, weeks and months as `--period` takes them, hours as instants, numbers in the unit of the name. */
function formatKey(key: KeyValue, { column, divisor }: Omit<GroupField, 'name'>, zone: Zone): string | null {
  if (key === null) return null
  if (typeof key === 'number' && isTimeUnit(column)) return TIME_TEXTS[column](key, zone)
  if (divisor === undefined) return String(key)
  const number = parseDecimal(String(key))!
  return formatDecimal(divideDecimals(number, decimalOfInteger(divisor), number.scale + String(divisor).length))
}

const TIME_TEXTS: Readonly<Record<TimeUnit, (key: number, zone: Zone) => string>> = {
  hour: (key, zone) => formatInstant(startOfTimeKey('hour', key, zone) as Instant, zone),
  day: key => formatDay(key as Day),
  week: key => formatWeek(key as Day),
  month: key => formatMonth(key as Day),
}
