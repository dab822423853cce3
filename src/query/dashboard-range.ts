// The ranges of a dashboard: whole hours or days up to the current one, so that only the last bucket is incomplete.
import { dateOfDay, dayOfDate, firstOfMonth } from '../base/calendar.ts'
import type { Day, Instant, Zone } from '../base/zone.ts'
import { daysBack, msBack, previousRange } from './previous-range.ts'
import type { NamedRange } from './range.ts'

export const DASHBOARD_RANGES = ['24h', '7d', '1m', '3m'] as const
export type DashboardRange = (typeof DASHBOARD_RANGES)[number]

const HOUR_MS = 3_600_000

/** Up to now: 24 whole hours and the running one, 7 days with today, or the days since the day after today's date one or three months ago. */
export function dashboardRange(name: DashboardRange, zone: Zone, now: Instant): NamedRange {
  const today = zone.dayOf(now)
  if (name === '24h') {
    const offsetMs = zone.offsetMsAt(now)
    const hour = Math.floor((now + offsetMs) / HOUR_MS) * HOUR_MS - offsetMs
    const from = hour - 24 * HOUR_MS
    return { from, to: now, label: 'last 24 hours', previous: previousRange(from, null, now, msBack(25 * HOUR_MS)) }
  }
  if (name === '7d') return sinceDay((today - 6) as Day, today, zone, now, 'last 7 days')
  const months = name === '1m' ? 1 : 3
  const first = (monthsBefore(today, months) + 1) as Day
  return sinceDay(first, today, zone, now, months === 1 ? 'last month of days' : 'last 3 months of days')
}

function sinceDay(first: Day, today: Day, zone: Zone, now: Instant, label: string): NamedRange {
  const from = zone.startOfDay(first)
  return { from, to: now, label, previous: previousRange(from, null, now, daysBack(today - first + 1, zone)) }
}

// The 31st stands for the last of a shorter month.
function monthsBefore(day: Day, months: number): Day {
  const { year, month, date } = dateOfDay(day)
  const first = firstOfMonth(year, month - months)
  const target = dateOfDay(first)
  return dayOfDate(target.year, target.month, date) ?? ((firstOfMonth(target.year, target.month + 1) - 1) as Day)
}
