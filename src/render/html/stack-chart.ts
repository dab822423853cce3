// A series as columns over time, stacked by what they are made of.
import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import { largestOf } from '../../base/lists.ts'
import type { ColumnKind, Section, Series } from '../../report/model/report.ts'
import { NO_NAME } from '../cell/format-cell.ts'
import {
  type ChartSize,
  type ChartWidth,
  formatTick,
  formatValue,
  renderAxes,
  renderChart,
  renderPoints,
} from './chart-frame.ts'
import { html, type Markup, name } from './markup.ts'
import { cutTime, sumBuckets, type TimeBuckets } from './time-buckets.ts'

/** Layers with a colour of their own; what is left is drawn as one. */
const COLOURS = 7
const SUMMED: readonly ColumnKind[] = ['money', 'count', 'tokens', 'bytes']

interface Layer {
  readonly label: string
  /** The class of its colour. */
  readonly colour: string
  readonly values: readonly number[]
}

export function renderStackChart(section: Section, series: Series, width: ChartWidth = 'wide'): Markup {
  const buckets = cutTime(series.labels, SUMMED.includes(series.kind))
  const { title: layerTitle, layers } = layersOf(series, buckets)
  const totals = sumBuckets(buckets, series.values)
  const by = buckets.unit === 'point' ? '' : ` by ${buckets.unit}`
  return renderChart(
    {
      id: `${section.name}-chart`,
      title: `${series.title}${by}${layerTitle === null ? '' : layerTitle === 'outcome' ? ', ok and failed' : `, stacked by ${layerTitle}`}`,
      description: describe(series, buckets, totals),
    },
    layerTitle === null ? null : renderLegend(layers),
    size => drawColumns(size, series, buckets, layers, totals),
    width,
  )
}

function layersOf(series: Series, buckets: TimeBuckets): { title: string | null; layers: Layer[] } {
  const made = series.layers?.()
  if (made === undefined || made.layers.length < 2) {
    const layer = { label: series.title, colour: colourOf(series, 0), values: sumBuckets(buckets, series.values) }
    return { title: null, layers: [layer] }
  }
  const isCut = made.layers.length > COLOURS + 1
  const shown = isCut ? made.layers.slice(0, COLOURS) : made.layers
  const layers = shown.map((layer, index) => ({
    label: layer.name ?? NO_NAME,
    colour: colourOf(layer, index),
    values: sumBuckets(buckets, layer.values),
  }))
  if (isCut) {
    const others = made.layers.slice(COLOURS)
    const sums = series.values.map((_, at) => others.reduce((sum, layer) => sum + layer.values[at]!, 0))
    layers.push({ label: `${others.length} more`, colour: 'c-rest', values: sumBuckets(buckets, sums) })
  }
  return { title: made.title, layers }
}

function describe(series: Series, { labels, unit }: TimeBuckets, totals: readonly number[]): string {
  const highest = largestOf(totals, 0)
  const at = labels[totals.indexOf(highest)]
  const range = `From ${series.labels[0]} to ${series.labels.at(-1)}`
  if (highest === 0 || at === undefined) return `${range}: nothing.`
  const when = unit === 'day' || unit === 'point' ? `on ${at}` : `in the ${unit} of ${at}`
  return `${range}. Highest: ${formatValue(highest, styleOf(series))} ${when}.`
}

function styleOf({ kind, currency = 'USD' }: Series) {
  return { kind, currency }
}

function renderLegend(layers: readonly Layer[]): Markup {
  const items = layers.map(
    layer =>
      html`<li><svg aria-hidden="true"><rect class="${layer.colour}" width="100%" height="100%" rx="2"/></svg>${name(layer.label)}</li>`,
  )
  return html`<ul class="legend">${items}</ul>`
}

function colourOf({ isBad }: { readonly isBad?: boolean }, index: number): string {
  return isBad === true ? 'c-bad' : `c${index}`
}

function drawColumns(
  size: ChartSize,
  series: Series,
  { labels }: TimeBuckets,
  layers: readonly Layer[],
  totals: readonly number[],
): Markup {
  const x = scaleBand<number>()
    .domain(labels.keys())
    .range([size.left, size.width - size.right])
    .paddingInner(0.2)
  const y = scaleLinear()
    .domain([0, largestOf(totals, 0) || 1])
    .nice(4)
    .range([size.height - size.bottom, size.top])
  const step = y.ticks(4)[1] ?? 1
  const stacked = stack<number, number>()
    .keys(layers.keys())
    .value((column, layer) => layers[layer]!.values[column]!)([...labels.keys()])
  const width = x.bandwidth()
  const paths = stacked.map((column, index) => {
    const path = column.map(([low, high], at) => {
      const height = y(low) - y(high)
      return height < 0.05
        ? ''
        : `M${round(x(at)!)} ${round(y(low))}v${round(-height)}h${round(width)}v${round(height)}z`
    })
    return html`<path class="${layers[index]!.colour}" d="${path.join('')}"/>`
  })
  const points = labels.map((label, at) => {
    const parts = layers.filter(layer => layer.values[at]! > 0)
    const words = parts.map(layer => `${layer.label} ${formatValue(layer.values[at]!, styleOf(series))}`)
    const total = formatValue(totals[at]!, styleOf(series))
    const text = layers.length === 1 ? `${label}: ${total}` : [`${label}: ${total}`, ...words].join('; ')
    return { left: x(at)!, text }
  })
  const axes = renderAxes(
    size,
    y,
    value => formatTick(value, styleOf(series), step),
    labels,
    at => x(at)! + width / 2,
  )
  return html`${axes}<g class="columns">${paths}</g>${renderPoints(size, points, x.step())}`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
