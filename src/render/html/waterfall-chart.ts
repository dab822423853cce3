// From one amount to another step by step, as columns that begin where the one before them ends.
import { scaleBand, scaleLinear } from 'd3-scale'
import { decimalToNumber } from '../../base/decimal.ts'
import { largestOf, smallestOf } from '../../base/lists.ts'
import { formatMoney, formatMoneyChange } from '../../base/money-text.ts'
import type { Section, Waterfall } from '../../report/model/report.ts'
import { moneyDigitsOf } from '../cell/format-cell.ts'
import { spansOf } from '../cell/waterfall-spans.ts'
import { type ChartSize, formatTick, renderAxes, renderChart } from './chart-frame.ts'
import { html, type Markup } from './markup.ts'

export function renderWaterfallChart({ name }: Section, waterfall: Waterfall): Markup {
  const { title, steps } = waterfall
  const texts = textsOf(waterfall)
  const description = steps.map(({ label }, at) => `${label} ${texts[at]}`).join(', ')
  return renderChart({ id: `${name}-waterfall`, title, description: `${description}.` }, null, size =>
    drawSteps(size, waterfall, texts),
  )
}

function textsOf({ steps, currency }: Waterfall): string[] {
  const style = { currency, moneyDigits: moneyDigitsOf(steps.map(({ amount }) => amount)) }
  return steps.map(({ amount, isTotal }) => (isTotal ? formatMoney : formatMoneyChange)(amount, style))
}

function drawSteps(size: ChartSize, { steps, currency }: Waterfall, texts: readonly string[]): Markup {
  const spans = spansOf(steps)
  const x = scaleBand<number>()
    .domain(steps.keys())
    .range([size.left, size.width - size.right])
    .paddingInner(0.3)
  const most = largestOf(
    spans.map(({ to }) => to),
    0,
  )
  const least = Math.min(0, smallestOf(spans.map(({ from }) => from)))
  const y = scaleLinear()
    .domain([least, most === least ? 1 : most])
    .nice(4)
    .range([size.height - size.bottom, size.top])
  const ticks = y.ticks(4)
  const tickStep = ticks.length > 1 ? ticks[1]! - ticks[0]! : 1
  const style = { kind: 'money', currency } as const
  const width = x.bandwidth()
  const columns = steps.map((step, at) => {
    const { from, to } = spans[at]!
    const [top, height] = [y(to), Math.max(1, y(from) - y(to))]
    return html`<rect class="${colourOf(step)}" x="${round(x(at)!)}" y="${round(top)}" width="${round(width)}" height="${round(height)}"><title>${step.label}: ${texts[at]!}</title></rect>`
  })
  const axes = renderAxes(
    size,
    y,
    value => formatTick(value, style, tickStep),
    steps.map(({ label }) => label),
    at => x(at)! + width / 2,
  )
  return html`${axes}<g class="columns">${columns}</g>`
}

function colourOf({ amount, isTotal }: Waterfall['steps'][number]): string {
  if (isTotal) return 'c0'
  return decimalToNumber(amount) > 0 ? 'c-bad' : 'c2'
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
