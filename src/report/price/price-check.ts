// Which models in the logs have a price, from which entry, and which names the others may have meant.
import type { PriceBook } from '../../pricing/price-book.ts'
import { serviceTierOf } from '../../pricing/terms.ts'
import { whyUnpriced } from '../../pricing/why-unpriced.ts'
import type { Failure } from '../../query/ledger.ts'
import type { RateClass } from '../../query/rate-class.ts'
import { nearestModels } from './price-explanation.ts'

/** What the logs hold of one rate class; the classes are those of the book's cuts. */
export interface UsedClass {
  readonly rateClass: RateClass
  readonly analyses: number
}

export interface CheckedModel {
  readonly model: string | null
  readonly provider: string | null
  readonly serviceTier: string
  readonly analyses: number
  readonly unpricedAnalyses: number
  /** The entries that price it, "openai/gpt-4o" or "prices.json line 4": several where one follows another. */
  readonly entries: readonly string[]
  /** Why the unpriced ones have no price. */
  readonly reasons: readonly string[]
  readonly nearest: readonly string[]
}

export interface PriceCheck {
  readonly book: string
  /** Those without a price first; then by analyses, most first, then by name. */
  readonly models: readonly CheckedModel[]
  readonly analyses: number
  readonly unpricedAnalyses: number
  /** What could not be read of the logs: then this is not all. */
  readonly failures: readonly Failure[]
}

export function checkPrices(book: PriceBook, used: Iterable<UsedClass>, failures: readonly Failure[] = []): PriceCheck {
  const byModel = new Map<string, UsedClass[]>()
  for (const each of used) {
    const { model, provider, serviceTier } = each.rateClass
    const key = JSON.stringify([model, provider, serviceTierOf(serviceTier)])
    const others = byModel.get(key)
    if (others === undefined) byModel.set(key, [each])
    else others.push(each)
  }
  const models = [...byModel].map(([key, classes]) => ({ key, checked: checkModel(book, classes) }))
  models.sort(
    (a, b) =>
      b.checked.unpricedAnalyses - a.checked.unpricedAnalyses ||
      b.checked.analyses - a.checked.analyses ||
      (a.key < b.key ? -1 : 1),
  )
  const checked = models.map(model => model.checked)
  return {
    book: book.source,
    models: checked,
    analyses: checked.reduce((sum, model) => sum + model.analyses, 0),
    unpricedAnalyses: checked.reduce((sum, model) => sum + model.unpricedAnalyses, 0),
    failures,
  }
}

function checkModel(book: PriceBook, classes: readonly UsedClass[]): CheckedModel {
  const { model, provider, serviceTier } = classes[0]!.rateClass
  const entries = new Set<string>()
  const reasons = new Set<string>()
  let analyses = 0
  let unpricedAnalyses = 0
  let isUnknown = false
  for (const { rateClass, analyses: count } of classes) {
    analyses += count
    const found = book.findClass(rateClass)
    const rate = found.period === undefined ? undefined : found.resolved.rate
    if (found.period !== undefined && rate !== undefined) entries.add(found.entry)
    const why = whyUnpriced(book, rateClass, 'auto')
    if (why === undefined) continue
    unpricedAnalyses += count
    isUnknown ||= why.isUnknown
    reasons.add(why.reason)
  }
  return {
    model,
    provider,
    serviceTier: serviceTierOf(serviceTier),
    analyses,
    unpricedAnalyses,
    entries: [...entries].sort(),
    reasons: [...reasons].sort(),
    nearest: isUnknown ? nearestModels(book, model!) : [],
  }
}
