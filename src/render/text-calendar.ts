// Counts by day as a calendar: a column for each week, a row for each weekday, darker for more.
import type { ChalkInstance } from 'chalk'
import { dateOfDay, startOfWeek } from '../base/calendar.ts'
import { largestOf } from '../base/lists.ts'
import { withThousands } from '../base/thousands.ts'
import type { Day } from '../base/zone.ts'
import type { Section } from '../report/model/report.ts'
import type { TextOptions } from './text-options.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const SHADES = ['·', '░', '▒', '▓', '█']
const PLAIN_SHADES = ['.', '-', '+', '*', '#']
const CELL = 2
const LEAD = 5

/** The lines of the calendar; where the page is too narrow, the last weeks. */
export function renderCalendar(
  title: string,
  { firstDay, counts }: NonNullable<Section['calendar']>,
  options: TextOptions,
  color: ChalkInstance,
): string[] {
  const lastDay = (firstDay + counts.length - 1) as Day
  const lastWeek = startOfWeek(lastDay)
  const weeks = (lastWeek - startOfWeek(firstDay)) / 7 + 1
  const shown = Math.min(weeks, Math.floor(((options.width ?? 120) - LEAD) / CELL))
  const mondays = Array.from({ length: shown }, (_, index) => (lastWeek - (shown - 1 - index) * 7) as Day)
  const most = largestOf(counts, 0)
  const shades = options.hasUnicode ? SHADES : PLAIN_SHADES
  const rows = WEEKDAYS.map((name, index) => {
    const cells = mondays.map(monday => shadeOf(counts[monday + index - firstDay], most, shades).repeat(CELL))
    return `${color.dim(name.padEnd(LEAD))}${color.cyan(cells.join(''))}`.trimEnd()
  })
  const legend = `${shades[1]} few  ${shades[4]} up to ${withThousands(String(most))} a day`
  return [`${color.bold(title)}  ${color.dim(legend)}`, color.dim(monthLine(mondays)), ...rows]
}

function shadeOf(count: number | undefined, most: number, shades: readonly string[]): string {
  if (count === undefined) return ' '
  return count === 0 ? shades[0]! : shades[Math.ceil((count / most) * (shades.length - 1))]!
}

// A month stands over the week in which its first day is, and over the first week of all; names never run together.
function monthLine(mondays: readonly Day[]): string {
  let line = ' '.repeat(LEAD)
  for (const [index, monday] of mondays.entries()) {
    const column = LEAD + index * CELL
    const sunday = dateOfDay((monday + 6) as Day)
    const isNamed = index === 0 || sunday.date <= 7
    if (!isNamed || (line.length > column && line.trim() !== '')) continue
    line = `${line.padEnd(column)}${MONTHS[sunday.month - 1]} `
  }
  return line.trimEnd()
}
