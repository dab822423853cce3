// Opens the prices from which a query computes costs, in any thread.
import { costBasisOf } from '../../pricing/group-cost.ts'
import { type BookData, bookOf, type PriceBook } from '../../pricing/price-book.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import type { PriceOf, Pricing } from '../../query/event-price.ts'

/** What a query needs to have its costs from a book. */
export function pricingOf({ content, data }: PriceBook, mode: CostMode): Pricing {
  return { mode, content, silentModels: [], book: data }
}

export function openPrices({ mode, silentModels, book }: Pricing): PriceOf {
  const prices = bookOf(book as BookData)
  const silent = new Set(silentModels)
  return rateClass =>
    costBasisOf({ ...rateClass, isSilent: silent.has(rateClass.model) }, prices.rateOf(rateClass), mode)
}
