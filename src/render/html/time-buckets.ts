// A series cut to the number of points that a chart can show: days, or where there are many, weeks or months.
import { dateOfDay, formatDay, parseDay, startOfMonth, startOfWeek } from '../../base/calendar.ts'
import type { Day } from '../../base/zone.ts'

const MOST_DAYS = 100
const MOST_WEEKS = 130

export interface TimeBuckets {
  /** What a point is: "day". */
  readonly unit: 'day' | 'week' | 'month' | 'point'
  readonly labels: readonly string[]
  /** The bucket of each value. */
  readonly bucketOf: readonly number[]
}

/** `isSum`: several numbers may be added up to one, as amounts may and durations may not. */
export function cutTime(labels: readonly string[], isSum: boolean): TimeBuckets {
  const days = labels.map(parseDay)
  if (days.some(day => day === undefined)) return { unit: 'point', labels, bucketOf: [...labels.keys()] }
  if (!isSum || labels.length <= MOST_DAYS) return { unit: 'day', labels, bucketOf: [...labels.keys()] }
  const isWeeks = labels.length <= MOST_WEEKS * 7
  const starts = (days as Day[]).map(isWeeks ? startOfWeek : startOfMonth)
  const found = [...new Set(starts)]
  const positions = new Map(found.map((start, index) => [start, index]))
  return {
    unit: isWeeks ? 'week' : 'month',
    labels: found.map(formatDay),
    bucketOf: starts.map(start => positions.get(start)!),
  }
}

export function sumBuckets({ labels, bucketOf }: TimeBuckets, values: readonly number[]): number[] {
  const sums = labels.map(() => 0)
  values.forEach((value, index) => {
    sums[bucketOf[index]!]! += value
  })
  return sums
}

/** "2026-02-01" as "1 Feb", "2026-02-01T13:00:00+01:00" as "1 Feb 13:00"; all else as it is. */
export function shortLabel(label: string): string {
  const day = parseDay(label.slice(0, 10))
  if (day === undefined) return label
  const time = /^.{10}[T ](\d\d:\d\d)/.exec(label)?.[1]
  return time === undefined ? formatDayShort(day) : `${formatDayShort(day)} ${time}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function formatDayShort(day: Day): string {
  const { month, date } = dateOfDay(day)
  return `${date} ${MONTHS[month - 1]}`
}
