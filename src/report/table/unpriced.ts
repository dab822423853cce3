// What a report says of models whose events have no price.
import type { JsonValue } from '../../base/json.ts'
import type { WhyUnpriced } from '../../pricing/why-unpriced.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { addExact } from '../../tally/sum-column.ts'
import { ratio } from '../group/change.ts'
import { forEachPricedRow } from '../group/group.ts'
import { rateSlotsOf } from '../group/usage-rates.ts'
import type { Note } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { compareKeys } from './order.ts'

export interface UnpricedModel {
  readonly model: KeyValue
  /** Of those without a price. */
  analyses: number
  totalTokens: number | bigint
  /** By their texts. */
  readonly reasons: Map<string, WhyUnpriced>
}

const ANALYSES_AT = USAGE_MEASURES.indexOf('analyses')
const TOKENS_AT = (['inputTokens', 'outputTokens', 'unsplitTokens'] as const).map(name => USAGE_MEASURES.indexOf(name))

/** Those of a table whose rows have prices, most used first; none where the report shows no costs. */
export function unpricedModels(
  table: TallyGroups,
  { basisOf, prices }: Pick<ReportInput, 'basisOf' | 'prices'>,
): readonly UnpricedModel[] {
  const { classes } = rateSlotsOf(table)
  if (prices === null || classes.every(rateClass => basisOf(rateClass).from !== 'unpriced')) return []
  const models = new Map<KeyValue, UnpricedModel>()
  forEachPricedRow(table, basisOf, (_, { rateClass, basis, sums }) => {
    if (basis.from !== 'unpriced') return
    const { model } = rateClass
    const known = models.get(model) ?? { model, analyses: 0, totalTokens: 0, reasons: new Map() }
    models.set(model, known)
    known.analyses += Number(sums[ANALYSES_AT]!)
    known.totalTokens = TOKENS_AT.reduce((total, at) => addExact(total, sums[at]!), known.totalTokens)
    const why = prices.whyUnpriced(rateClass)
    if (why !== undefined) known.reasons.set(why.reason, why)
  })
  return [...models.values()].sort((a, b) => b.analyses - a.analyses || compareKeys(a.model, b.model))
}

export function unpricedObjects(models: readonly UnpricedModel[]): JsonValue {
  return models.map(({ model, analyses, totalTokens, reasons }) => ({
    model,
    analyses,
    totalTokens,
    reasons: [...reasons.keys()].sort(),
  }))
}

export function unpricedNotes(
  models: readonly UnpricedModel[],
  total: { readonly analyses: number | bigint; readonly unpricedAnalyses: number },
  mode: CostMode,
): Note[] {
  if (total.unpricedAnalyses === 0) return []
  const names = [...models].sort((a, b) => compareKeys(a.model, b.model)).map(nameWithReason)
  const shown = names.length > 5 ? [...names.slice(0, 5), `${names.length - 5} more`] : names
  const priced = ratio(Number(total.analyses) - total.unpricedAnalyses, total.analyses) ?? 0
  const share = `${(priced * 100).toFixed(1)} % of the analyses`
  if (mode === 'logged') {
    return [{ kind: 'info', text: `Only ${share} have a logged cost.`, hint: 'Estimate the others with --cost auto.' }]
  }
  return [
    {
      kind: 'warning',
      text: `No price for ${shown.join(', ')}: ${share} are priced.`,
      hint: 'See why with "usagebook price check"; add prices in prices.json.',
    },
    ...(priced === 0 ? [] : [LEGEND]),
  ]
}

const LEGEND: Note = { kind: 'info', text: 'A cost with ≥ is at least that: something in it has no price.' }

function nameWithReason({ model, reasons }: UnpricedModel): string {
  const name = model === null ? 'events without a model' : String(model)
  const telling = [...reasons.values()].filter(({ isTelling }) => isTelling).map(({ reason }) => reason)
  return telling.length === 0 ? name : `${name} (${telling.sort().join('; ')})`
}
