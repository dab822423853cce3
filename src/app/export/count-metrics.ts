// What a monitor is told of the logs: the sums of the reports, by series of labels. Usage is asked by itself, because summaries of
// pruned logs answer for it.
import { addDecimals, type Decimal, ZERO } from '../../base/decimal.ts'
import type { JsonObject } from '../../base/json.ts'
import { costBasisOf } from '../../pricing/group-cost.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { Scope } from '../../query/scope.ts'
import type { Group } from '../../report/group/group.ts'
import { durationsBy, question, REQUEST_KINDS, usageBy } from '../../report/group/group-bys.ts'
import { rollUp } from '../../report/group/roll-up.ts'
import type { Question, ReportDefinition } from '../../report/model/report-definition.ts'
import { tableOf } from '../../report/table/both-ranges.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { valueOfBucket } from '../../tally/sketch.ts'
import type { Host } from '../host.ts'
import { type AskedReport, askReport, lookAgain, runReport } from '../report/run-report.ts'
import type { ReportOptions } from '../request/parameters.ts'
import { buildReportRequest } from '../request/report-request.ts'
import type { ReportRequest } from '../request/requests.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { DURATION_BOUNDS_US } from './metric-bounds.ts'

export interface MetricsAsking {
  /** Logs, zones, prices. */
  readonly options: ReportOptions
  readonly host: Host
  readonly workspace: Workspace
  readonly scope?: Scope | undefined
  /** What series are made by. */
  readonly labels: readonly string[]
}

/** The numbers of one series. */
export interface SeriesCounts {
  readonly labels: readonly string[]
  cost: Decimal
  /** Each counted once: parts are taken out of the whole. */
  readonly tokens: Record<TokenType, bigint>
  analyses: bigint
  requests: bigint
  errors: bigint
  durationUs: bigint
  timed: bigint
  /** By the bounds of durations, each with those below it. */
  readonly durations: bigint[]
}

export const TOKEN_TYPES = ['input', 'cache_read', 'cache_write', 'output', 'reasoning', 'unsplit'] as const
export type TokenType = (typeof TOKEN_TYPES)[number]

export interface MetricCounts {
  readonly series: ReadonlyMap<string, SeriesCounts>
  readonly sessions: bigint
  /** Milliseconds since 1970; undefined where there are no events. */
  readonly lastInstant: number | undefined
  readonly ledger: Ledger
}

export async function countMetrics(asking: MetricsAsking): Promise<MetricCounts> {
  const { labels } = asking
  const usage = await ask(
    asking,
    question('usage', 'usage', [
      usageBy(
        'usage',
        labels.filter(label => label !== 'model'),
      ),
    ]),
  )
  const requests = await ask(
    asking,
    question('requests', REQUEST_KINDS, [durationsBy('requests', ['event', ...labels])]),
  )
  const series = new Map<string, SeriesCounts>()
  addGroups(series, usage, 'usage', labels, addUsage)
  addGroups(series, requests, 'requests', labels, addRequests)
  const lasts = [usage, requests].map(({ asked }) => asked.answers.tally.lastInstant).filter(Number.isFinite)
  return {
    series,
    sessions: await countSessions(asking),
    lastInstant: lasts.length === 0 ? undefined : lasts.reduce((a, b) => Math.max(a, b)),
    ledger: requests.asked.answers.tally.ledger,
  }
}

interface Asked {
  readonly request: ReportRequest
  readonly asked: AskedReport
}

async function ask({ options, host, workspace, scope }: MetricsAsking, one: Question): Promise<Asked> {
  const request = await buildReportRequest({ ...options, name: 'usage' }, false, host, workspace, scope)
  const report: ReportDefinition = { ...request.view.report, name: one.name, sections: [], questions: () => [one] }
  const own = { ...request, view: { ...request.view, report } }
  return { request: own, asked: await lookAgain(own, await askReport(own, {})) }
}

function addGroups(
  series: Map<string, SeriesCounts>,
  { request, asked }: Asked,
  name: 'usage' | 'requests',
  labels: readonly string[],
  add: (counts: SeriesCounts, group: Group, isRequest: boolean) => void,
): void {
  const { prices, answers } = asked
  const mode = request.money.cost
  const basisOf: Parameters<typeof rollUp>[1]['basisOf'] = rateClass =>
    prices === null || mode === null ? { from: 'unpriced' } : costBasisOf(rateClass, prices.rateOf(rateClass), mode)
  const by = name === 'usage' ? labels : ['event', ...labels]
  const groups = rollUp(tableOf(answers, name, name), { by, ...(name === 'usage' ? { basisOf } : {}) })
  for (const { keys, group } of groups.all)
    add(seriesOf(series, keys.slice(by.length - labels.length).map(textOf)), group, keys[0] === 'request')
}

// No value is the same as an empty one.
function textOf(key: KeyValue): string {
  return key === null ? '' : String(key)
}

/** The numbers of a series, which is made where there is none. */
export function seriesOf(series: Map<string, SeriesCounts>, labels: readonly string[]): SeriesCounts {
  const key = JSON.stringify(labels)
  const found = series.get(key)
  if (found !== undefined) return found
  const tokens = Object.fromEntries(TOKEN_TYPES.map(type => [type, 0n])) as Record<TokenType, bigint>
  const durations = DURATION_BOUNDS_US.map(() => 0n)
  const zeros = { analyses: 0n, requests: 0n, errors: 0n, durationUs: 0n, timed: 0n }
  const made: SeriesCounts = { labels, cost: ZERO, tokens, durations, ...zeros }
  series.set(key, made)
  return made
}

/** Adds the numbers of one series to another. */
export function mergeSeries(into: SeriesCounts, from: SeriesCounts): void {
  into.cost = addDecimals(into.cost, from.cost)
  for (const type of TOKEN_TYPES) into.tokens[type] += from.tokens[type]
  for (const name of ['analyses', 'requests', 'errors', 'durationUs', 'timed'] as const) into[name] += from[name]
  from.durations.forEach((count, index) => {
    into.durations[index]! += count
  })
}

function addUsage(counts: SeriesCounts, group: Group): void {
  const sum = (name: string) => BigInt(group.get(name))
  const { tokens } = counts
  tokens.input += sum('inputTokens') - sum('cacheReadTokens') - sum('cacheWriteTokens')
  tokens.cache_read += sum('cacheReadTokens')
  tokens.cache_write += sum('cacheWriteTokens')
  tokens.output += sum('outputTokens') - sum('reasoningTokens')
  tokens.reasoning += sum('reasoningTokens')
  tokens.unsplit += sum('unsplitTokens')
  counts.analyses += sum('analyses')
  counts.cost = addDecimals(counts.cost, group.cost.result().cost ?? ZERO)
}

// What used a model without being asked for by a request may fail and take time too.
function addRequests(counts: SeriesCounts, group: Group, isRequest: boolean): void {
  if (isRequest) counts.requests += BigInt(group.get('analyses'))
  counts.errors += BigInt(group.get('errors'))
  counts.durationUs += BigInt(group.get('durationUs'))
  counts.timed += BigInt(group.get('timed'))
  group.sketch.visit((bucket, count) => {
    const us = valueOfBucket(bucket)
    DURATION_BOUNDS_US.forEach((bound, index) => {
      if (us <= bound) counts.durations[index]! += BigInt(count)
    })
  })
}

async function countSessions({ options, host, workspace, scope }: MetricsAsking): Promise<bigint> {
  const asked: ReportOptions = { ...options, name: 'sessions', noCost: true, top: 1 }
  const { report } = await runReport(await buildReportRequest(asked, false, host, workspace, scope), {})
  const { summary } = report.document as { readonly summary?: JsonObject }
  return BigInt(Number(summary?.sessions ?? 0))
}
