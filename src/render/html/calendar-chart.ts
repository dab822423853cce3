// Counts by day as a calendar: a column a week, a row a weekday, darker for more.
import { formatDay, startOfWeek, weekdayOf } from '../../base/calendar.ts'
import { largestOf } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Day } from '../../base/zone.ts'
import type { Section } from '../../report/model/report.ts'
import { html, type Markup } from './markup.ts'
import { shortLabel } from './time-buckets.ts'

const CELL = 14
const STEP = 17
const LEFT = 34
const TOP = 18
const LEVELS = 4
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** Weeks between two names below each other's column. */
const NAMED_WEEKS = 4
/** About a year. */
const MOST_WEEKS = 54

export function renderCalendarChart(section: Section, calendar: NonNullable<Section['calendar']>): Markup {
  const lastDay = (calendar.firstDay + calendar.counts.length - 1) as Day
  const earliest = (startOfWeek(lastDay) - (MOST_WEEKS - 1) * 7) as Day
  const firstDay = Math.max(calendar.firstDay, earliest) as Day
  const counts = calendar.counts.slice(firstDay - calendar.firstDay)
  const firstWeek = startOfWeek(firstDay)
  const weeks = (startOfWeek(lastDay) - firstWeek) / 7 + 1
  const most = largestOf(counts, 0)
  const cells = counts.map((count, index) => {
    const day = (firstDay + index) as Day
    const column = (startOfWeek(day) - firstWeek) / 7
    const level = most === 0 ? 0 : Math.ceil((count / most) * LEVELS)
    return html`<rect class="d${level}" x="${LEFT + column * STEP}" y="${TOP + (weekdayOf(day) - 1) * STEP}" width="${CELL}" height="${CELL}" rx="3"><title>${formatDay(day)}: ${withThousands(String(count))}</title></rect>`
  })
  const names = WEEKDAYS.map((weekday, row) => html`<text x="0" y="${TOP + row * STEP + 11}">${weekday}</text>`)
  const heads = Array.from({ length: weeks }, (_, week) =>
    week % NAMED_WEEKS === 0
      ? html`<text x="${LEFT + week * STEP}" y="12">${shortLabel(formatDay((firstWeek + week * 7) as Day))}</text>`
      : null,
  )
  const id = `${section.name}-calendar`
  const words = `From ${formatDay(firstDay)} to ${formatDay(lastDay)}, darker for more; the most on a day: ${withThousands(String(most))}.`
  const width = Math.max(LEFT + weeks * STEP, 120)
  return html`<figure class="calendar"><figcaption><h3>${section.title}</h3><p>${words}</p></figcaption>
<div class="strip" role="region" aria-labelledby="${id}-title" tabindex="0"><svg width="${width}" height="${TOP + 7 * STEP}" role="img" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${section.title}</title><desc id="${id}-text">${words}</desc><g class="axis">${names}${heads}</g>${cells}</svg></div></figure>
`
}
