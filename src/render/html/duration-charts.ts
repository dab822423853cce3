// How long things took: the mean and the 95th percentile, over time as lines and by row as a span.
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { largestOf } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Cell, Section } from '../../report/model/report.ts'
import { formatCell } from '../cell/format-cell.ts'
import { type ChartSize, type ChartWidth, formatValue, renderAxes, renderChart, renderPoints } from './chart-frame.ts'
import { html, type Markup } from './markup.ts'
import { rowName } from './row-name.ts'

const ROWS = 8
const MOST_POINTS = 400
const STYLE = { kind: 'duration', currency: '' } as const

const UNITS: readonly (readonly [number, string])[] = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

interface DurationColumns {
  readonly low: number
  readonly high: number
}

/** Where a section has the mean (or the median) and the 95th percentile; null where it has not, or no values. */
export function durationColumns(section: Section): DurationColumns | null {
  const find = (titles: readonly string[]) =>
    section.columns.findIndex(column => column.kind === 'duration' && titles.includes(column.title))
  const [low, high] = [find(['p50', 'Mean']), find(['p95'])]
  return low < 0 || high < 0 || section.rows.filter(row => row[high] !== null).length < 2 ? null : { low, high }
}

export function renderDurationLines(
  section: Section,
  { low, high }: DurationColumns,
  width: ChartWidth = 'wide',
): Markup {
  const rows = section.rows.slice(-MOST_POINTS)
  const labels = rows.map(row => String(row[0]))
  const lines = [high, low].map(at => ({
    title: section.columns[at]!.title,
    values: rows.map(row => numberOf(row[at]!)),
  }))
  const highest = largestOf(lines.flatMap(({ values }) => values.map(value => value ?? 0)))
  const at = lines[0]!.values.indexOf(highest)
  const where = at < 0 ? '' : ` on ${labels[at]}`
  const legend = lines.map(
    ({ title }, index) =>
      html`<li><svg aria-hidden="true"><rect class="c${index}" width="100%" height="100%" rx="2"/></svg>${title}</li>`,
  )
  return renderChart(
    {
      id: `${section.name}-durations`,
      title: `Duration, ${lines.map(({ title }) => title.toLowerCase()).join(' and ')}`,
      description: `From ${labels[0]} to ${labels.at(-1)}. Highest: ${formatValue(highest, STYLE)}${where}.`,
    },
    html`<ul class="legend">${legend}</ul>`,
    size => drawLines(size, labels, lines, highest),
    width,
  )
}

function drawLines(
  size: ChartSize,
  labels: readonly string[],
  lines: readonly { readonly title: string; readonly values: readonly (number | null)[] }[],
  highest: number,
): Markup {
  const x = scaleLinear()
    .domain([0, labels.length - 1])
    .range([size.left + 12, size.width - size.right - 12])
  const [unitMs, unit] = UNITS.find(([ms]) => highest >= 2 * ms) ?? [1, 'ms']
  const y = scaleLinear()
    .domain([0, highest / unitMs || 1])
    .nice(4)
    .range([size.height - size.bottom, size.top])
  const draw = line<number | null>()
    .defined(value => value !== null)
    .x((_, at) => x(at))
    .y(value => y(value! / unitMs))
    .digits(1)
  const paths = lines.map(({ values }, index) => {
    const dots = values.map((value, at) =>
      value === null || labels.length > 100
        ? null
        : html`<circle class="c${index}" cx="${x(at).toFixed(1)}" cy="${y(value / unitMs).toFixed(1)}" r="3"/>`,
    )
    return html`<path class="l${index}" d="${draw(values) ?? ''}"/>${dots}`
  })
  const width = x(1) - x(0)
  const points = labels.map((label, at) => {
    const words = lines.flatMap(({ title, values }) =>
      values[at] === null ? [] : [`${title} ${formatValue(values[at]!, STYLE)}`],
    )
    return { left: x(at) - width / 2, text: `${label}: ${words.length === 0 ? 'no durations' : words.join('; ')}` }
  })
  const axes = renderAxes(size, y, value => `${withThousands(String(value))} ${unit}`, labels, x)
  return html`${axes}<g class="lines">${paths}</g>${renderPoints(size, points, width)}`
}

export function renderDurationSpans(section: Section, { low, high }: DurationColumns): Markup {
  const rows = section.rows.filter(row => row[high] !== null).slice(0, ROWS)
  const most = largestOf(rows.map(row => numberOf(row[high]!) ?? 0)) || 1
  const names = [low, high].map(at => section.columns[at]!.title.toLowerCase())
  const items = rows.map(row => {
    const texts = [low, high].map(at => formatCell(row[at]!, 'duration', { currency: '', moneyDigits: 0 }))
    const [from, to] = [low, high].map(at => `${((numberOf(row[at]!) ?? 0) / most) * 97 + 1.5}%`)
    return html`<li><span class="name">${rowName(section, row)}</span><svg aria-hidden="true"><line x1="${from!}" x2="${to!}" y1="50%" y2="50%"/><circle class="c1" cx="${from!}" cy="50%" r="4"/><circle class="c0" cx="${to!}" cy="50%" r="4"/></svg><span class="value">${texts[0]!} – ${texts[1]!}</span></li>`
  })
  return html`<figure class="spans"><figcaption><h3>Duration by ${section.rowName.replaceAll('_', ' ')}</h3><p>From the ${names[0]!} to the ${names[1]!}.</p></figcaption><ol>${items}</ol></figure>
`
}

function numberOf(cell: Cell): number | null {
  return cell === null ? null : Number(cell)
}
