// What the charts over time share: two sizes of one drawing, axes, and the words that describe it.
import type { ScaleLinear } from 'd3-scale'
import { decimalOfNumber } from '../../base/decimal.ts'
import type { Cell, ColumnKind } from '../../report/model/report.ts'
import { formatCell, moneyDigitsOf } from '../cell/format-cell.ts'
import { html, type Markup } from './markup.ts'
import { shortLabel } from './time-buckets.ts'

export interface ChartSize {
  readonly name: 'wide' | 'half' | 'narrow'
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Labels that fit below. */
  readonly labels: number
}

export type ChartWidth = 'wide' | 'half'

const SIZES: readonly ChartSize[] = [
  { name: 'half', width: 580, height: 220, left: 60, right: 4, top: 10, bottom: 26, labels: 6 },
  { name: 'wide', width: 1000, height: 260, left: 64, right: 4, top: 10, bottom: 26, labels: 10 },
  { name: 'narrow', width: 340, height: 220, left: 54, right: 4, top: 10, bottom: 26, labels: 4 },
]

export interface ChartWords {
  /** Begins the ids of its parts. */
  readonly id: string
  readonly title: string
  readonly description: string
}

/** The same chart for wide and for narrow pages, of which a page shows one. */
export function renderChart(
  words: ChartWords,
  legend: Markup | null,
  draw: (size: ChartSize) => Markup,
  width: ChartWidth = 'wide',
): Markup {
  const sizes = SIZES.filter(({ name }) => name === width || name === 'narrow')
  const drawings = sizes.map(size => {
    const id = `${words.id}-${size.name}`
    return html`<svg class="${size.name}" viewBox="0 0 ${size.width} ${size.height}" role="img" tabindex="0" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${words.title}</title><desc id="${id}-text">${words.description}</desc>${draw(size)}</svg>`
  })
  return html`<figure class="chart"><figcaption><h3>${words.title}</h3><p>${words.description}</p></figcaption>${legend}${drawings}</figure>
`
}

export function renderAxes(
  size: ChartSize,
  y: ScaleLinear<number, number>,
  format: (value: number) => string,
  labels: readonly string[],
  xOf: (index: number) => number,
): Markup {
  const lines = y.ticks(4).map(tick => {
    const at = Math.round(y(tick))
    return html`<line x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}"/><text x="${size.left - 8}" y="${at + 4}" text-anchor="end">${format(tick)}</text>`
  })
  const every = Math.max(1, Math.ceil(labels.length / size.labels))
  const names = labels.map((label, index) =>
    index % every === 0
      ? html`<text x="${xOf(index).toFixed(1)}" y="${size.height - 8}" text-anchor="middle">${shortLabel(label)}</text>`
      : null,
  )
  return html`<g class="axis">${lines}${names}</g>`
}

/** Where the reader points at, or goes to with the arrow keys, to be told the numbers: from top to bottom, next to each other. */
export function renderPoints(
  { top, bottom, height }: ChartSize,
  points: readonly { readonly left: number; readonly text: string }[],
  width: number,
): Markup {
  const rects = points.map(
    ({ left, text }) =>
      html`<rect x="${short(left)}" y="${top}" width="${short(width)}" height="${height - top - bottom}"><title>${text}</title></rect>`,
  )
  return html`<g class="hover">${rects}</g>`
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10)
}

export interface ValueStyle {
  readonly kind: ColumnKind
  readonly currency: string
}

/** A number of a chart as the tables write such numbers. */
export function formatValue(value: number, { kind, currency }: ValueStyle): string {
  const cell: Cell = kind === 'money' ? decimalOfNumber(value)! : value
  return formatCell(cell, kind, { currency, moneyDigits: moneyDigitsOf([cell]) })
}

/** A number of an axis: with the fraction digits that its steps need, and short where it is large. */
export function formatTick(value: number, { kind, currency }: ValueStyle, step: number): string {
  if (kind !== 'money') return formatCell(value, kind === 'count' ? 'tokens' : kind, { currency, moneyDigits: 0 })
  const unit = MONEY_UNITS.find(([size]) => value >= size) ?? [1, '']
  const digits =
    unit[0] > 1 || step >= 1 ? (Number.isInteger(value / unit[0]) ? 0 : 2) : Math.max(2, Math.ceil(-Math.log10(step)))
  return `${formatCell(decimalOfNumber(value / unit[0])!, kind, { currency, moneyDigits: Math.min(12, digits) })}${unit[1]}`
}

const MONEY_UNITS: readonly (readonly [number, string])[] = [
  [1e12, ' T'],
  [1e9, ' B'],
  [1e6, ' M'],
  [1e4, ' k'],
]
