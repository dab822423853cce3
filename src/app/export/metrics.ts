// The metrics of a workspace, for a monitor: the same numbers as those of the reports, over all logs.
import { type Decimal, makeDecimal, roundDecimal } from '../../base/decimal.ts'
import { type CarriedCounters, carryOn } from '../../export/metrics/carried-counters.ts'
import { embeddedMetrics } from '../../export/metrics/embedded-metrics.ts'
import type { Labels, MetricFamily, Sample } from '../../export/metrics/metric.ts'
import { type MetricsForm, prometheusText } from '../../export/metrics/prometheus-text.ts'
import { alertFamilies } from './alert-metrics.ts'
import {
  countMetrics,
  type MetricCounts,
  type MetricsAsking,
  mergeSeries,
  type SeriesCounts,
  seriesOf,
  TOKEN_TYPES,
} from './count-metrics.ts'
import { withKeptMetrics } from './kept-metrics.ts'
import { DURATION_BOUNDS_SECONDS } from './metric-bounds.ts'

export interface MetricsRequest extends Omit<MetricsAsking, 'labels'> {
  /** Whether users are a label too. */
  readonly byUser: boolean
  /** So many series have names of their own. */
  readonly maxSeries: number
  note(text: string): void
}

export type MetricsAs = MetricsForm | 'emf'

export const DEFAULT_SERIES = 500
const LABELS = ['client', 'profile', 'model', 'feature'] as const
const OTHER = 'other'

/** The text, and whether all logs could be read. */
export async function metricsText(
  request: MetricsRequest,
  form: MetricsAs,
): Promise<{ readonly text: string; readonly failures: MetricCounts['ledger']['failures'] }> {
  const labels = request.byUser ? [...LABELS, 'user'] : [...LABELS]
  const counts = await countMetrics({ ...request, labels })
  const keeper = { root: request.workspace.root, host: request.host, note: request.note }
  const question = JSON.stringify([
    labels,
    request.maxSeries,
    countedOf(request.options),
    isPartial(request) ? request.scope : null,
  ])
  const logFamilies = await withKeptMetrics(question, keeper, kept => {
    const { named, series } = limitSeries(counts.series, kept.named, request.maxSeries, labels)
    const isWhole = counts.ledger.failures.length === 0
    const counted = countersOf(series, counts)
    const carried = carryOn(counted, kept.counters, isWhole, isOtherPrice(counted, kept.counters))
    const lastMs = Math.max(kept.lastMs, Math.round(counts.lastInstant ?? 0))
    // A series whose events were all removed goes on too.
    for (const key of Object.keys(carried.counters)) {
      if (key.startsWith(REQUESTS)) seriesOf(series, JSON.parse(key.slice(REQUESTS.length)) as string[])
    }
    return {
      answer: familiesOf(series, labels, lastMs, carried.valueOf),
      kept: { named, counters: carried.counters, lastMs },
    }
  })
  const families = [...logFamilies, ...(await alertFamilies(request))]
  const text = form === 'emf' ? embeddedMetrics(families, request.host.now()) : prometheusText(families, form)
  return { text, failures: counts.ledger.failures }
}

// Of the options, those that change what is counted.
function countedOf({ timezone, logTimezone, logs, sourceFormat, dedupe, cost }: MetricsRequest['options']) {
  return { timezone, logTimezone, logs, sourceFormat, dedupe, cost }
}

function isPartial({ scope }: Pick<MetricsRequest, 'scope'>): boolean {
  return scope !== undefined && (scope.clients !== '*' || scope.user !== undefined)
}

/** A series that once had a name keeps it, so that no number moves between it and the others. */
export function limitSeries(
  series: MetricCounts['series'],
  named: readonly string[],
  most: number,
  labels: readonly string[],
): { readonly named: readonly string[]; readonly series: Map<string, SeriesCounts> } {
  const known = new Set(named)
  const fresh = [...series].filter(([key]) => !known.has(key))
  fresh.sort(([a, one], [b, other]) => Number(countOf(other) - countOf(one)) || (a < b ? -1 : 1))
  const chosen = [...named, ...fresh.slice(0, Math.max(0, most - named.length)).map(([key]) => key)]
  const all = new Set(chosen)
  const limited = new Map<string, SeriesCounts>()
  for (const [key, counts] of series) {
    if (all.has(key)) limited.set(key, counts)
    else
      mergeSeries(
        seriesOf(
          limited,
          labels.map(() => OTHER),
        ),
        counts,
      )
  }
  return { named: chosen, series: limited }
}

function countOf({ requests, analyses }: SeriesCounts): bigint {
  return requests + analyses
}

const REQUESTS = 'requests '
const COST = 'cost '
/** Digits of dollars that are carried on. */
const COST_SCALE = 18
const CARRIED = ['requests', 'errors', 'durationUs', 'timed', 'analyses'] as const

function countersOf(series: ReadonlyMap<string, SeriesCounts>, counts: MetricCounts): Map<string, bigint> {
  const counters = new Map<string, bigint>()
  for (const [key, one] of series) {
    for (const name of CARRIED) counters.set(`${name} ${key}`, one[name])
    for (const type of TOKEN_TYPES) counters.set(`${type} ${key}`, one.tokens[type])
    counters.set(`${COST}${key}`, unitsOf(one.cost))
    one.durations.forEach((count, index) => {
      counters.set(`durations ${index} ${key}`, count)
    })
  }
  counters.set('sessions', counts.sessions)
  counters.set('rejected', BigInt(counts.ledger.rejected))
  return counters
}

function unitsOf(cost: Decimal): bigint {
  const { units, scale } = roundDecimal(cost, COST_SCALE)
  return units * 10n ** BigInt(COST_SCALE - scale)
}

// A cost falls where events were removed, and where prices did: then it is what they say now.
function isOtherPrice(counted: ReadonlyMap<string, bigint>, before: CarriedCounters): (key: string) => boolean {
  return key => {
    if (!key.startsWith(COST)) return false
    const analyses = `analyses ${key.slice(COST.length)}`
    return (counted.get(analyses) ?? 0n) >= BigInt(before[analyses]?.[0] ?? 0)
  }
}

function familiesOf(
  series: ReadonlyMap<string, SeriesCounts>,
  names: readonly string[],
  lastMs: number,
  carried: (key: string) => bigint,
): MetricFamily[] {
  const labelled = (values: readonly string[]): Labels => names.map((name, index) => [name, values[index]!])
  const all = new Map([...series.keys()].map(key => [key, labelled(JSON.parse(key) as string[])]))
  const samples = (name: string): Sample[] =>
    [...all].map(([key, labels]) => ({ labels, value: carried(`${name} ${key}`) }))
  const counter = (name: string, help: string, given: readonly Sample[]): MetricFamily => ({
    name: `usagebook_${name}`,
    help,
    type: 'counter',
    samples: given,
  })
  const costs = [...all].map(([key, labels]) => ({ labels, value: makeDecimal(carried(`${COST}${key}`), COST_SCALE) }))
  const tokens = [...all].flatMap(([key, labels]) =>
    TOKEN_TYPES.map(type => ({ labels: [...labels, ['type', type] as const], value: carried(`${type} ${key}`) })),
  )
  return [
    counter('cost_usd', 'Cost in US dollars; events without a price cost nothing here.', costs),
    counter('tokens', 'Tokens, each counted once: input is without the cache, output without reasoning.', tokens),
    counter('requests', 'Requests: events of the kind request.', samples('requests')),
    counter('analyses', 'Analyses, and other events that carry usage.', samples('analyses')),
    counter('errors', 'Requests and analyses that failed.', samples('errors')),
    {
      name: 'usagebook_duration_seconds',
      help: 'How long requests and analyses took, to within 0.8 %.',
      type: 'histogram',
      unit: 'seconds',
      bounds: DURATION_BOUNDS_SECONDS,
      samples: [...all]
        .filter(([key]) => carried(`timed ${key}`) > 0n)
        .map(([key, labels]) => ({
          labels,
          counts: DURATION_BOUNDS_SECONDS.map((_, index) => carried(`durations ${index} ${key}`)),
          sum: makeDecimal(carried(`durationUs ${key}`), 6),
          count: carried(`timed ${key}`),
        })),
    },
    counter('sessions', 'Sessions.', [{ labels: [], value: carried('sessions') }]),
    counter('rejected_lines', 'Lines of logs that are no events.', [{ labels: [], value: carried('rejected') }]),
    {
      name: 'usagebook_last_event_timestamp_seconds',
      help: 'When the last event was, in seconds since 1970.',
      type: 'gauge',
      unit: 'seconds',
      samples: lastMs === 0 ? [] : [{ labels: [], value: makeDecimal(BigInt(lastMs), 3) }],
    },
  ]
}
