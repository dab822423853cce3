// Groups as the rows of a table: by name, or one for every time bucket.
import { formatDay, formatInstant } from '../../base/calendar.ts'
import { needHeapFor } from '../../base/heap-room.ts'
import type { Day, Instant, Zone } from '../../base/zone.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { startOfTimeKey } from '../../tally/time-keys.ts'
import { Group, type Groups } from '../group/group.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { buildPeriod } from '../model/report-frame.ts'
import { bucketKeysOf, keyBefore } from './buckets.ts'
import type { TableRow } from './table-spec.ts'

/** Rows of groups beside the same groups of the range before; who was only there before comes too. */
export function namedRows(
  now: Groups,
  before: Groups | null,
  labelOf: (key: KeyValue, index: number) => string | null = textOfKey,
): TableRow[] {
  const rowOf = (keys: readonly KeyValue[], group: Group): TableRow => ({
    keys,
    labels: keys.map(labelOf),
    group,
    previous: before?.find(keys) ?? null,
  })
  const gone = (before?.all ?? []).filter(({ keys }) => now.find(keys) === undefined)
  const rows: TableRow[] = []
  for (const { keys, group } of now.all) needHeapFor(rows.push(rowOf(keys, group)))
  for (const { keys } of gone) needHeapFor(rows.push(rowOf(keys, new Group())))
  return rows
}

function textOfKey(key: KeyValue): string | null {
  return key === null ? null : String(key)
}

/** A row for every bucket of the period, empty ones too; `now` and `before` are groups by the unit alone. */
export function bucketRows(input: ReportInput, unit: 'hour' | 'day', now: Groups, before: Groups | null): TableRow[] {
  const { zone, tally } = input
  const period = buildPeriod(input.range, tally, zone)
  const present = now.all.map(({ keys }) => keys[0]!)
  return bucketKeysOf(unit, period, tally, zone, present).map(key => {
    const past = input.before === null ? null : keyBefore(unit, key, period.from, input.before.range, zone)
    const previous = past === null ? null : (before?.find([past]) ?? null)
    return { keys: [key], labels: [labelOfBucket(unit, key, zone)], group: now.find([key]) ?? new Group(), previous }
  })
}

/** A day as a date, an hour as the instant at which it begins. */
export function labelOfBucket(unit: 'hour' | 'day', key: number, zone: Zone): string {
  return unit === 'day' ? formatDay(key as Day) : formatInstant(startOfTimeKey('hour', key, zone) as Instant, zone)
}
