// The rows of a group-by: its groups, next to those of the range before; if the groups are time buckets, the empty ones too.
import { formatDay, formatInstant } from '../../base/calendar.ts'
import { decimalOfInteger, divideDecimals, formatDecimal, parseDecimal } from '../../base/decimal.ts'
import type { Day, Instant, Zone } from '../../base/zone.ts'
import { formatMonth, formatWeek } from '../../query/period.ts'
import { isTimeUnit, type TimeUnit } from '../../query/query.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { startOfTimeKey } from '../../tally/time-keys.ts'
import { Groups } from '../group/group.ts'
import type { GroupField, ReportInput } from '../model/report-definition.ts'
import { buildPeriod } from '../model/report-frame.ts'
import { bucketKeysOf, keyBefore } from '../table/buckets.ts'
import { namedRows } from '../table/table-rows.ts'
import type { TableRow } from '../table/table-spec.ts'

/** A row for every group; adds the empty ones to `groups`. */
export function groupRows(
  groups: Groups,
  before: Groups | null,
  fields: readonly GroupField[],
  input: ReportInput,
): TableRow[] {
  for (const key of emptyBuckets(fields, input)) groups.of([key])
  const moved = before === null ? null : moveTimes(before, fields, input)
  const labelOf = (key: KeyValue, index: number) => formatKey(key, fields[index]!, input.zone)
  return namedRows(groups, moved, labelOf)
}

// By time alone, what is missing in a row of days is seen: as in the dates of the usage report.
function emptyBuckets(fields: readonly GroupField[], { tally, range, zone }: ReportInput): number[] {
  const unit = fields[0]!.column
  if (fields.length > 1 || !isTimeUnit(unit)) return []
  return bucketKeysOf(unit, buildPeriod(range, tally, zone), tally, zone, [])
}

// A day of the range before stands beside the day that is as far into this one.
function moveTimes(before: Groups, fields: readonly GroupField[], input: ReportInput): Groups {
  const { zone, tally } = input
  const [from, past] = [buildPeriod(input.range, tally, zone).from, input.before!.range.from]
  if (from === null || past === null || !fields.some(({ column }) => isTimeUnit(column))) return before
  const moved = new Groups(before.names)
  for (const { keys, group } of before.all) {
    const now = keys.map((key, index) => {
      const unit = fields[index]!.column
      return isTimeUnit(unit) ? keyBefore(unit, key as number, past as Instant, { from, to: null }, zone) : key
    })
    moved.of(now).merge(group)
  }
  return moved
}

/** The value of a key as text: days, weeks and months as `--period` takes them, hours as instants, numbers in the unit of the name. */
export function formatKey(key: KeyValue, { column, divisor }: Omit<GroupField, 'name'>, zone: Zone): string | null {
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
