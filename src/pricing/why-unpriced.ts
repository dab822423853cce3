// Why events of a rate class have no cost.
import type { CostMode } from '../query/cost-mode.ts'
import type { RateClass } from '../query/rate-class.ts'
import { costBasisOf } from './group-cost.ts'
import type { PriceBook } from './price-book.ts'

export interface WhyUnpriced {
  readonly reason: string
  /** Whether it is worth a word wherever the model is named: the name is known, and what is missing can be found. */
  readonly isTelling: boolean
  /** The prices have nothing by the name of the model. */
  readonly isUnknown: boolean
  /** There is a price, and no event of the model or of the log carries usage. */
  readonly isSilent?: true
}

/** Undefined where the events have a cost. */
export function whyUnpriced(book: PriceBook, rateClass: RateClass, mode: CostMode): WhyUnpriced | undefined {
  const found = book.findClass(rateClass)
  const rate = found.period === undefined ? undefined : found.resolved.rate
  if (costBasisOf(rateClass, rate, mode).from !== 'unpriced') return undefined
  if (mode === 'logged') return { reason: 'it has no logged cost', isTelling: false, isUnknown: false }
  if (found.period === undefined) {
    const { reason, isOfOtherTime = false } = found
    return { reason, isTelling: isOfOtherTime, isUnknown: !isOfOtherTime && rateClass.model !== null }
  }
  if (rate === undefined) return { reason: found.resolved.reason!, isTelling: false, isUnknown: false }
  if (rateClass.isUnread === true)
    return {
      reason: 'no event of its log carries tokens, checks or a cost',
      isTelling: true,
      isUnknown: false,
      isSilent: true,
    }
  return rateClass.isSilent === true
    ? { reason: 'no event of it carries tokens, checks or a cost', isTelling: true, isUnknown: false, isSilent: true }
    : { reason: 'the events give only a total of tokens', isTelling: false, isUnknown: false }
}
