// What a report says about models whose events have no price.
import type { JsonValue } from '../../base/json.ts'
import { listOf } from '../../base/lazy-list.ts'
import type { WhyUnpriced } from '../../pricing/why-unpriced.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { addExact } from '../../tally/sum-column.ts'
import { basesOf } from '../group/usage-rates.ts'
import { forEachPricedRow } from '../group/usage-rows.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { compareKeys } from './order.ts'

export interface UnpricedModel {
  readonly model: KeyValue
  /** Of those without a price. */
  analyses: number
  totalTokens: number | bigint
  /** Each once, by its text. */
  readonly reasons: WhyUnpriced[]
}

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const TOKENS_AT = (['inputTokens', 'outputTokens', 'unsplitTokens'] as const).map(name => USAGE_MEASURES.indexOf(name))

/** Those of a table whose rows have prices, most used first; none where the report shows no costs. */
export function unpricedModels(
  table: TallyGroups,
  { basisOf, prices }: Pick<ReportInput, 'basisOf' | 'prices'>,
): readonly UnpricedModel[] {
  if (prices === null || basesOf(table, basisOf).every(({ from }) => from !== 'unpriced')) return []
  const models = new Map<KeyValue, UnpricedModel>()
  forEachPricedRow(table, basisOf, (_, { rateClass, basis, sums }) => {
    if (basis.from !== 'unpriced') return
    const { model } = rateClass
    const known = models.get(model) ?? { model, analyses: 0, totalTokens: 0, reasons: [] }
    models.set(model, known)
    known.analyses += Number(sums[ANALYSES_AT]!)
    known.totalTokens = TOKENS_AT.reduce((total, at) => addExact(total, sums[at]!), known.totalTokens)
    const why = prices.whyUnpriced(rateClass)
    if (why !== undefined && !known.reasons.some(({ reason }) => reason === why.reason)) known.reasons.push(why)
  })
  return [...models.values()].sort((a, b) => b.analyses - a.analyses || compareKeys(a.model, b.model))
}

export function unpricedObjects(models: readonly UnpricedModel[]): JsonValue {
  return listOf(models, ({ model, analyses, totalTokens, reasons }) => ({
    model,
    analyses,
    totalTokens,
    reasons: reasons.map(({ reason }) => reason).sort(),
  }))
}
