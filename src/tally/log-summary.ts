// What is kept of events that were removed from a log: their sums by day and by every field that usage is grouped by, with
// the first and last instant of each, so that a later question can tell what it may use; and the kinds of the events.
import { formatDecimal } from '../base/decimal.ts'
import { DAY_MS, type Day, type Zone } from '../base/zone.ts'
import { USAGE_MEASURES, type UsageMeasure } from '../query/measures.ts'
import type { GroupBy, Query } from '../query/query.ts'
import { unpackRate } from '../query/rate-class.ts'
import { NO_CUTS, type RateCuts, timeClassOfStretch } from '../query/rate-cuts.ts'
import type { Groups } from './groups.ts'
import type { Tally } from './tally.ts'

/** The text fields that the rows are made by; filters on them can be applied later. */
export const SUMMARY_FIELDS = ['client', 'user', 'profile', 'model', 'provider', 'service_tier'] as const
export type SummaryField = (typeof SUMMARY_FIELDS)[number]

/** Between which instants events are, in milliseconds since 1970. */
export interface SummaryExtent {
  readonly first: number
  readonly last: number
}

/** Events of one day that are alike. What is absent, 0 or false is left out. */
export type SummaryRow = { readonly [Field in SummaryField]?: string } & {
  /** A sum beyond 2^53 is text. */
  readonly [Measure in UsageMeasure]?: number | string
} & SummaryExtent & {
    readonly isUntimed?: true
    /** What the price may depend on, by the cuts of the summary; see rate-class.ts. */
    readonly isLogged?: true
    readonly isUnsplit?: true
    readonly contextClass?: number
    readonly dayPart?: number
    /** Logged cost beyond what `loggedPicoUsd` can hold, in dollars. */
    readonly loggedUsd?: string
    /** The packed counts of a sketch of the durations, in base64. */
    readonly durations?: string
    /** The largest of them in microseconds; absent in what was removed before it was kept. */
    readonly largestUs?: number
  }

/** How many events of a kind were removed, by day. */
export interface SummaryKind extends SummaryExtent {
  readonly event: string
  readonly isUntimed?: true
  readonly events: number
}

/** What was removed. Events without a time are apart, because they are of their day in every zone. */
export interface RemovedSums {
  readonly timed: Tally
  /** By days of UTC. */
  readonly untimed: Tally
  readonly used: number
  readonly duplicates: number
  readonly repeats?: SummaryExtent
}

export interface LogSummary {
  /** Lines whose id stood earlier among them, and which are in no row. */
  readonly duplicates: number
  /** Between which instants they are, in whatever zone their times are read; absent in what was removed before it was kept. */
  readonly repeats?: SummaryExtent
  /** Within how much of a price's variety the events of a row are alike. */
  readonly cuts: Pick<RateCuts, 'inputBounds' | 'dailyCuts' | 'dailyModels'>
  readonly kinds: readonly SummaryKind[]
  readonly rows: readonly SummaryRow[]
}

const ROWS: GroupBy = {
  name: 'rows',
  keys: [...SUMMARY_FIELDS, 'rate', 'day'],
  sums: USAGE_MEASURES,
  hasDurations: true,
  hasExtent: true,
}
const KINDS: GroupBy = {
  name: 'kinds',
  keys: ['event', 'day'],
  sums: ['analyses'],
  hasDurations: false,
  hasExtent: true,
}

/** The questions whose answers make a summary: one of usage, one of everything. */
export function summaryQueries(timezone: string, logTimezone: string, cuts: RateCuts): [usage: Query, all: Query] {
  const range = { from: null, to: null }
  const asked = { range, timezone, logTimezone, conditions: [], dedupe: 'file', cuts, extras: [] } as const
  return [
    { ...asked, kinds: 'usage', groupBys: [ROWS] },
    { ...asked, kinds: 'all', groupBys: [KINDS] },
  ]
}

/** The summary of the same lines' answers to both questions. */
export function buildSummary(usage: RemovedSums, all: RemovedSums, cuts: RateCuts): LogSummary {
  const { inputBounds, dailyCuts, dailyModels } = usage.used === 0 ? NO_CUTS : cuts
  return {
    duplicates: all.duplicates,
    ...(all.repeats === undefined ? {} : { repeats: all.repeats }),
    cuts: { inputBounds, dailyCuts, dailyModels },
    kinds: listGroups(all, KINDS, (table, slot, extent) => ({
      event: String(table.keyOf(slot, 0)),
      ...extent,
      events: Number(table.sums[0]!.get(slot)),
    })),
    rows: listGroups(usage, ROWS, (table, slot, extent) => rowOf(table, slot, extent, cuts)),
  }
}

type RowExtent = Pick<SummaryRow, 'first' | 'last' | 'isUntimed'>

function listGroups<T>(
  { timed, untimed }: RemovedSums,
  { name }: GroupBy,
  describe: (table: Groups, slot: number, extent: RowExtent) => T,
): T[] {
  const list = (table: Groups, mark: { readonly isUntimed?: true }) =>
    Array.from({ length: table.size }, (_, slot) => describe(table, slot, { ...extentOf(table, slot), ...mark }))
  return [...list(timed.tables.get(name)!, {}), ...list(untimed.tables.get(name)!, { isUntimed: true })]
}

/** When the events of a row or a kind are, in a zone: those without a time are of their day there. */
export function placeInZone<T extends RowExtent>(one: T, zone: Zone): T {
  if (one.isUntimed !== true) return one
  const startOf = (ms: number) => zone.startOfDay((ms / DAY_MS) as Day)
  return { ...one, first: startOf(one.first), last: startOf(one.last) }
}

function rowOf(table: Groups, slot: number, extent: SummaryExtent, cuts: RateCuts): SummaryRow {
  const texts = SUMMARY_FIELDS.flatMap((name, key) => {
    const text = table.keyOf(slot, key)
    return text === null ? [] : [[name, String(text)]]
  })
  const sums = USAGE_MEASURES.flatMap((name, index) => {
    const sum = table.sums[index]!.get(slot)
    return Number(sum) === 0 ? [] : [[name, typeof sum === 'number' ? sum : sum.toString()]]
  })
  const { isLogged, isUnsplit, contextClass, timeClass } = unpackRate(Number(table.keyOf(slot, SUMMARY_FIELDS.length)))
  const dayPart = timeClass - timeClassOfStretch(cuts, timeClass)
  const wideCost = table.wideCosts.get(slot)
  const sketch = table.sketchOf(slot)
  const durations = sketch.pack()
  return {
    ...Object.fromEntries(texts),
    ...extent,
    ...Object.fromEntries(sums),
    ...(isLogged ? { isLogged } : {}),
    ...(isUnsplit ? { isUnsplit } : {}),
    ...(contextClass > 0 ? { contextClass } : {}),
    ...(dayPart > 0 ? { dayPart } : {}),
    ...(wideCost === undefined ? {} : { loggedUsd: formatDecimal(wideCost) }),
    ...(durations.length === 0
      ? {}
      : { durations: Buffer.from(durations).toString('base64'), largestUs: sketch.largest }),
  }
}

function extentOf(table: Groups, slot: number): SummaryExtent {
  return { first: table.firsts[slot]!, last: table.lasts[slot]! }
}
