// One log through the reference and through a kernel, as plain values that must be the same.
import type { Day } from '../../src/base/zone.ts'
import { type Pipeline, Pipelines } from '../../src/engine/local/pipeline.ts'
import { buildFormat } from '../../src/event/build-format.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../../src/event/source-format.ts'
import { parsePatterns } from '../../src/query/condition.ts'
import type { LinearRate, OpenPrices } from '../../src/query/event-price.ts'
import { COST_MEASURES } from '../../src/query/measures.ts'
import { type Query, USAGE_EVENTS } from '../../src/query/query.ts'
import { NO_CUTS, timeClassOfStretch } from '../../src/query/rate-cuts.ts'
import { USAGE_GROUP_BYS } from '../../src/report/usage/usage-query.ts'
import { hourlyQuery } from '../../src/tally/hourly-sums.ts'
import { emptyTally, mergeTally } from '../../src/tally/tally.ts'
import { dumpTally } from '../tally/dump-tally.ts'

const USAGE: Query = {
  range: { from: null, to: null },
  timezone: 'UTC',
  logTimezone: 'UTC',
  kinds: 'usage',
  conditions: [],
  dedupe: 'off',
  cuts: NO_CUTS,
  extras: [],
  groupBys: USAGE_GROUP_BYS,
}
const AT = Date.UTC(2026, 1, 2)
const CUTS = {
  inputBounds: [
    { tokens: 100, inclusive: true },
    { tokens: 1200, inclusive: false },
  ],
  // The first is where a day begins in UTC, and nowhere else.
  instants: [AT, AT + 12 * 3_600_000],
  dailyCuts: [3_600_000 * 9.5],
  dailyModels: ['gpt'],
}

export const QUERIES: Readonly<Record<string, Query>> = {
  usage: USAGE,
  'counted once': { ...USAGE, dedupe: 'file', timezone: 'America/New_York', logTimezone: 'Europe/Berlin' },
  hourly: hourlyQuery('all', {
    timezone: 'Europe/Berlin',
    logTimezone: 'Asia/Kolkata',
    dedupe: 'file',
    cuts: CUTS,
  }),
  everything: {
    ...USAGE,
    kinds: 'all',
    dedupe: 'all',
    timezone: 'Europe/Berlin',
    logTimezone: 'Asia/Kolkata',
    cuts: CUTS,
    extras: [
      { name: 'x_region', path: ['x_region'], kind: 'text', scale: 1 },
      { name: 'weight', path: ['weight'], kind: 'number', scale: 100 },
      { name: 'cached', path: ['message', 'usage', 'deep', 'cached'], kind: 'number', scale: 1 },
    ],
    groupBys: [
      ...USAGE_GROUP_BYS,
      { name: 'hours', keys: ['hour'], sums: ['analyses', 'weight', 'cached'], hasDurations: false, hasExtent: true },
      { name: 'total', keys: [], sums: ['checks', 'timed', 'total_tokens'], hasDurations: true, hasExtent: true },
      { name: 'outcomes', keys: ['status', 'error', 'event'], sums: ['errors'], hasDurations: false, hasExtent: false },
      {
        name: 'regions',
        keys: ['x_region', 'week', 'month'],
        sums: ['analyses'],
        hasDurations: true,
        hasExtent: false,
      },
      { name: 'weights', keys: ['run:600000'], sums: [], hasDurations: true, sketchOf: 'weight', hasExtent: false },
      { name: 'runs', keys: ['status', 'run:60000'], sums: ['analyses'], hasDurations: false, hasExtent: true },
    ],
  },
  priced: {
    ...USAGE,
    timezone: 'Pacific/Kiritimati',
    kinds: 'all',
    cuts: CUTS,
    dedupe: 'file',
    pricing: { mode: 'auto', silentModels: [], content: 'of the test', book: { file: undefined, text: '' } },
    groupBys: [
      { name: 'sessions', keys: ['client', 'run:600000'], sums: COST_MEASURES, hasDurations: false, hasExtent: true },
      {
        name: 'models',
        keys: ['model'],
        sums: [...COST_MEASURES, 'loggedPicoUsd'],
        hasDurations: false,
        hasExtent: false,
      },
      ...USAGE_GROUP_BYS.slice(0, 1),
    ],
  },
  filtered: {
    ...USAGE,
    kinds: [USAGE_EVENTS, 'diageo'],
    range: { from: AT + 3_600_000, to: AT + 30 * 3_600_000 },
    conditions: [
      { column: 'client', test: parsePatterns(['*e*', '(none)']) },
      { column: 'status', test: parsePatterns(['ok']) },
      { column: 'event', test: parsePatterns(['!true']) },
    ],
  },
  'in scope': {
    ...USAGE,
    dedupe: 'file',
    scope: [{ column: 'client', values: ['diageo', 'mars', '42'] }],
    groupBys: [
      ...USAGE_GROUP_BYS,
      { name: 'runs', keys: ['user', 'run:60000'], sums: ['analyses'], hasDurations: true, hasExtent: true },
    ],
  },
  'in the scope of a user': {
    ...USAGE,
    kinds: 'all',
    dedupe: 'all',
    conditions: [{ column: 'client', test: parsePatterns(['!mars']) }],
    scope: [
      { column: 'client', values: ['danone', 'diageo', 'mars', 'unilever'] },
      { column: 'user', values: ['diageo'] },
    ],
  },
}

const WHOLE: LinearRate = rateOf(12, [2_500_000n, -1_250_000n, 0n, 0n, 10_000_000n, 0n, 5n, 7n])
const IN_PARTS: LinearRate = rateOf(15, [2_500_000_500n, 0n, 1n, 2n, 3n, 0n, 0n, 1n])
// Dear, so that a cost is often beyond a double; and below nothing where much is read from the cache.
const DEAR: LinearRate = rateOf(12, [9_000_000_000_000n, -9_000_000_000_001n, 0n, 0n, 1n, 0n, 0n, 0n])

function rateOf(scale: number, weights: bigint[]): LinearRate {
  return { weights, scale, picoWeights: scale === 12 ? Float64Array.from(weights, Number) : undefined }
}

const openPrices: OpenPrices =
  () =>
  ({ model, contextClass, timeClass, isLogged, isUnsplit }) => {
    if (isLogged && contextClass < 2) return { from: 'logged' }
    if (isUnsplit || model === null) return { from: 'unpriced' }
    const stretch = timeClassOfStretch(CUTS, timeClass)
    return { from: 'estimated', rate: [WHOLE, IN_PARTS, DEAR][(model.length + contextClass + stretch) % 3]! }
  }

export const FORMATS: Readonly<Record<string, SourceFormat>> = {
  native: NATIVE_FORMAT,
  agent: buildFormat('agent', {
    extends: 'native',
    fields: {
      input_tokens: ['message.usage.input_tokens', 'input_tokens'],
      output_tokens: 'message.usage.output_tokens',
      cache_read_tokens: 'message.usage.deep.cached',
      model: ['message.model', 'model'],
      duration_ms: [{ path: 'duration_seconds', unit: 's' }, { path: 'latency_ms', unit: 'us' }, 'duration_ms'],
      user: ['email', 'client'],
    },
    constants: { provider: 'anthropic', client: 'mars' },
    skip: ['type=diageo,', 'x_region!=unilever,,danone,42,true'],
    id: ['message.id', 'request_id'],
  }),
  // What the kernel cannot read: it only keeps the rows.
  plain: buildFormat('plain', {
    extends: 'native',
    fields: {
      timestamp: [{ path: 'ts', unit: 'us' }, 'timestamp', 'time'],
      input_tokens: [{ sum: ['prompt_tokens', 'input_tokens'] }, 'inputTokens'],
      cache_read_tokens: { path: 'message.usage.deep.cached', json: true },
      model: [
        { path: 'model', strip: 'path' },
        { path: 'message.model', strip: 'arn' },
      ],
      duration_ms: [{ from: 'ts', to: 'time' }, 'duration_ms'],
      cost_usd: { path: 'cost_usd', unit: 'cents' },
    },
    absent: ['diageo', 'None'],
    zone: 'UTC',
    cache: 'infer',
    reasoning: 'infer',
    when: [
      { if: ['x_region=unilever,42', 'client!='], set: { client: 'mars', cost_usd: '0.5' }, unset: ['input_tokens'] },
    ],
    skip: ['type=unilever'],
  }),
}

export interface Outcome {
  readonly tally: unknown
  readonly rejects: readonly string[]
  readonly lines: number
  /** The ids that were seen, with what their lines said. */
  readonly seen: readonly number[]
}

/** What a query says of a log; without a module the reference answers. */
export function answer(
  log: Uint8Array,
  query: Query,
  format: SourceFormat,
  module: WebAssembly.Module | undefined,
  blockBytes: number,
  day: Day | null,
): Outcome {
  const rejects: string[] = []
  const pipelines = new Pipelines(query, module, {
    blockBytes,
    openPrices,
    onReject: ({ line, reason, bytes }) => rejects.push(`${line} ${reason} ${Buffer.from(bytes).toString('hex')}`),
  })
  const pipeline = pipelines.of(format)
  pipeline.begin({ name: '2026-02-02.jsonl', day, linesBefore: 0 })
  pipeline.reader.begin({ hasFileDay: day !== null, isFirst: true })
  feed(log, pipeline)
  const lines = pipeline.reader.end()
  const { ledger } = pipeline
  // Merged as engines do, which makes one of the rates that are the same to a model.
  const total = emptyTally(query)
  mergeTally(total, { ...pipeline.take(), ledger })
  const seen = [...pipeline.takeSeen().words]
  return { tally: dumpTally(total), rejects, lines, seen }
}

function feed(log: Uint8Array, { reader }: Pipeline): void {
  for (let from = 0; from < log.length; ) {
    const space = reader.space()
    const count = Math.min(space.length, log.length - from)
    space.set(log.subarray(from, from + count))
    reader.advance(count)
    from += count
  }
}
