// The two texts that Prometheus reads: the classic one, for the textfile collector too, and OpenMetrics. Neither has
// timestamps: a number is of when it was read.
import { formatDecimal } from '../../base/decimal.ts'
import type { Labels, MetricFamily, MetricValue } from './metric.ts'

export type MetricsForm = 'classic' | 'openmetrics'

export const CONTENT_TYPES: Readonly<Record<MetricsForm, string>> = {
  classic: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

/** Which of them an Accept header prefers. */
export function formOfAccept(accept: string | undefined): MetricsForm {
  return /\bapplication\/openmetrics-text\b/.test(accept ?? '') ? 'openmetrics' : 'classic'
}

export function prometheusText(families: readonly MetricFamily[], form: MetricsForm): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap(family => familyLines(family, form))
  if (form === 'openmetrics') lines.push('# EOF')
  return lines.map(line => `${line}\n`).join('')
}

function familyLines(family: MetricFamily, form: MetricsForm): string[] {
  const { name, type, help } = family
  const sampleName = type === 'counter' ? `${name}_total` : name
  const told = form === 'classic' ? sampleName : name
  return [
    `# HELP ${told} ${escapeText(help)}`,
    `# TYPE ${told} ${type}`,
    ...(form === 'openmetrics' && family.unit !== undefined ? [`# UNIT ${told} ${family.unit}`] : []),
    ...(family.type === 'histogram'
      ? histogramLines(family)
      : family.samples.map(({ labels, value }) => lineOf(sampleName, labels, value))),
  ]
}

function histogramLines({ name, bounds, samples }: Extract<MetricFamily, { type: 'histogram' }>): string[] {
  return samples.flatMap(({ labels, counts, sum, count }) => [
    ...[...bounds.map(boundText), '+Inf'].map((bound, index) =>
      lineOf(`${name}_bucket`, [...labels, ['le', bound]], counts[index] ?? count),
    ),
    lineOf(`${name}_sum`, labels, sum),
    lineOf(`${name}_count`, labels, count),
  ])
}

function lineOf(name: string, labels: Labels, value: MetricValue): string {
  const given = labels.filter(([, text]) => text !== '').map(([label, text]) => `${label}="${escapeLabel(text)}"`)
  return `${name}${given.length === 0 ? '' : `{${given.join(',')}}`} ${numberText(value)}`
}

export function numberText(value: MetricValue): string {
  return typeof value === 'object' ? formatDecimal(value) : String(value)
}

/** OpenMetrics wants a point in every bound, and classic readers take it. */
function boundText(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound)
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

function escapeLabel(text: string): string {
  return escapeText(text).replaceAll('"', '\\"')
}
