// Opens the prices that a query has its costs from, in whatever thread.
import { costBasisOf } from '../pricing/group-cost.ts'
import { type BookData, bookOf, type PriceBook } from '../pricing/price-book.ts'
import type { CostMode } from '../query/cost-mode.ts'
import type { PriceOf, Pricing } from '../query/event-price.ts'

/** What a query needs to have its costs from a book. */
export function pricingOf({ content, data }: PriceBook, mode: CostMode): Pricing {
  return { mode, content, book: data }
}

export function openPrices({ mode, book }: Pricing): PriceOf {
  const prices = bookOf(book as BookData)
  return rateClass => costBasisOf(rateClass, prices.rateOf(rateClass), mode)
}
