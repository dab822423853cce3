// Prices the rows of judged batches one by one.
import { type Decimal, ZERO } from '../base/decimal.ts'
import { type EventPrice, linearCost, type PriceOf, picoCost } from '../query/event-price.ts'
import { BILLED_MEASURES, type COST_MEASURES } from '../query/measures.ts'
import type { Judged } from './judged.ts'
import type { KeyValue } from './key-table.ts'
import { classOfKeys } from './price-class.ts'

/** The cost measures of a row, and what its cost has beyond them. */
export type RowCost = { readonly [Measure in (typeof COST_MEASURES)[number]]: number } & { readonly rest: Decimal }

const NOTHING: RowCost = { costPicoUsd: 0, loggedCosts: 0, estimatedCosts: 0, unpricedCosts: 0, rest: ZERO }

export class RowPrices {
  private readonly priceOf: PriceOf
  private readonly known = new Map<string, { readonly price: EventPrice; readonly countsAlways: boolean }>()

  constructor(priceOf: PriceOf) {
    this.priceOf = priceOf
  }

  /** `keys` are the row's values of PRICE_KEYS, `countOf` gives its measures. */
  costOf(row: number, judged: Judged, keys: readonly KeyValue[], countOf: (measure: string) => number): RowCost {
    const { price, countsAlways } = this.find(keys)
    if (!countsAlways && countOf('withoutUsage') === 1) return NOTHING
    if (price.from === 'unpriced') return { ...NOTHING, unpricedCosts: 1 }
    if (price.from === 'logged') {
      const rest = judged.batch.wideCosts.get(row) ?? ZERO
      return { ...NOTHING, costPicoUsd: countOf('loggedPicoUsd'), loggedCosts: 1, rest }
    }
    const billed = (index: number) => countOf(BILLED_MEASURES[index]!)
    const pico = picoCost(price.rate, billed)
    if (pico !== undefined && pico >= 0) return { ...NOTHING, costPicoUsd: pico, estimatedCosts: 1 }
    return { ...NOTHING, estimatedCosts: 1, rest: linearCost(price.rate, billed) }
  }

  private find(keys: readonly KeyValue[]) {
    const text = JSON.stringify(keys)
    let found = this.known.get(text)
    if (found === undefined) {
      const { rateClass, countsAlways } = classOfKeys(keys)
      found = { price: this.priceOf(rateClass), countsAlways }
      this.known.set(text, found)
    }
    return found
  }
}
