// Which queries share their sums. Conditions on keys that every group-by has are left out and applied to the sums later; the
// range is left out too, because sums cover whole files; so are price changes, which are checked file by file. Everything
// else is part of the shape.
import { digest } from '../../base/digest.ts'
import { DAY_MS } from '../../base/zone.ts'
import type { Condition } from '../../query/condition.ts'
import type { GroupBy, Query } from '../../query/query.ts'
import { type RateCuts, timeClassOf, timeClassOfStretch } from '../../query/rate-cuts.ts'

/** Raise it when the same logs give other sums, or are kept in another way. */
const CACHE_VERSION = 8

/** Fields with few values: conditions on them can be applied to sums. */
const FILTERED_LATER = ['client', 'profile', 'model', 'provider', 'service_tier', 'status', 'event']

/** The group-by that says how many events each value of those keys has, and when. */
export const SPANS = '$spans'

export interface CacheShape {
  /** The query of whole files. */
  readonly query: Query
  /** What is left to be applied to the sums. */
  readonly conditions: readonly Condition[]
  /** Stands for everything that the sums of a file depend on besides the file and its format. */
  readonly key: string
}

export function shapeOf(query: Query, toolVersion: string): CacheShape {
  const keys = FILTERED_LATER.filter(name => query.groupBys.every(by => by.keys.includes(name)))
  const spans: GroupBy = { name: SPANS, keys, sums: ['analyses'], hasDurations: false, hasExtent: true }
  const shaped: Query = {
    ...query,
    range: { from: null, to: null },
    conditions: query.conditions.filter(condition => !keys.includes(condition.column)),
    groupBys: keys.length === 0 ? query.groupBys : [...query.groupBys, spans],
  }
  const { inputBounds, dailyCuts, dailyModels } = query.cuts
  const key = digest(
    JSON.stringify([CACHE_VERSION, toolVersion, { ...shaped, cuts: { inputBounds, dailyCuts, dailyModels } }]),
  )
  return { query: shaped, conditions: query.conditions.filter(condition => keys.includes(condition.column)), key }
}

/** A day without a time begins in every zone less than so long before or after it does in UTC, where its price is found. */
const PRICE_SLACK_MS = DAY_MS

/** The price changes around two instants: sums of the time between are only good for these. */
export function cutsWithin({ instants }: RateCuts, first: number, last: number): number[] {
  return instants.filter(instant => instant > first - PRICE_SLACK_MS && instant <= last + PRICE_SLACK_MS)
}

/**
 * What the rate keys of sums that begin at `first` have in common: by how much they are higher than if there were no price
 * changes before them. Taken off when sums are stored, so that a price change in another month does not concern them.
 */
export function rateOffset(cuts: RateCuts, first: number): number {
  if (!Number.isFinite(first)) return 0
  return timeClassOfStretch(cuts, timeClassOf(cuts, first - PRICE_SLACK_MS)) * 256
}
