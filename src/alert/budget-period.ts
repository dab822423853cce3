// The periods of budgets: calendar days, weeks and months of a zone, whatever its clocks do.
import { dateOfDay, firstOfMonth, formatDay, startOfMonth, startOfWeek } from '../base/calendar.ts'
import type { Day, Instant, Zone } from '../base/zone.ts'
import { formatMonth, formatWeek } from '../query/period.ts'
import type { PeriodUnit } from './alert-schema.ts'

export interface BudgetPeriod {
  /** As `--period` takes it: 2026-02-02, 2026-W06, 2026-02. */
  readonly name: string
  /** The days [first, end). */
  readonly first: Day
  readonly end: Day
  readonly from: Instant
  /** The first instant after it. */
  readonly to: Instant
}

/** The period that an instant is in. */
export function periodAt(instant: Instant, unit: PeriodUnit, zone: Zone): BudgetPeriod {
  return periodOfDay(zone.dayOf(instant), unit, zone)
}

export function periodOfDay(day: Day, unit: PeriodUnit, zone: Zone): BudgetPeriod {
  const first = unit === 'day' ? day : unit === 'week' ? startOfWeek(day) : startOfMonth(day)
  const end = endOf(first, unit)
  const name = unit === 'day' ? formatDay(first) : unit === 'week' ? formatWeek(first) : formatMonth(first)
  return { name, first, end, from: zone.startOfDay(first), to: zone.startOfDay(end) }
}

/** The periods from the one that an instant is in to that of a later one, the last `most` of them, in order. */
export function periodsBetween(from: Instant, to: Instant, unit: PeriodUnit, zone: Zone, most: number): BudgetPeriod[] {
  const periods: BudgetPeriod[] = []
  for (let period = periodAt(to, unit, zone); periods.length < most; ) {
    periods.unshift(period)
    if (period.from <= from) break
    period = periodOfDay((period.first - 1) as Day, unit, zone)
  }
  return periods
}

function endOf(first: Day, unit: PeriodUnit): Day {
  if (unit === 'day') return (first + 1) as Day
  if (unit === 'week') return (first + 7) as Day
  const { year, month } = dateOfDay(first)
  return firstOfMonth(year, month + 1)
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]

/** "January 2026", "the week from 2026-02-02", "2026-02-02". */
export function describePeriod({ name, first }: BudgetPeriod, unit: PeriodUnit): string {
  if (unit === 'day') return name
  if (unit === 'week') return `the week from ${formatDay(first)}`
  const { year, month } = dateOfDay(first)
  return `${MONTHS[month - 1]} ${year}`
}

/** "in January 2026", "on 2026-02-02" */
export function duringPeriod(period: BudgetPeriod, unit: PeriodUnit): string {
  return `${unit === 'day' ? 'on' : 'in'} ${describePeriod(period, unit)}`
}
