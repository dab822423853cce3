// What the usage reports say of the whole: headline numbers, and which models have no price.
import type { JsonValue } from '../base/json.ts'
import { type CurrencyRate, convertUsd, describeCurrencyRate } from '../pricing/currency.ts'
import type { CostMode } from '../query/cost-mode.ts'
import type { KeyValue } from '../tally/key-table.ts'
import { changeOf, ratio } from './change.ts'
import { compareKeys } from './order.ts'
import type { Headline, Note } from './report.ts'
import type { SectionOptions } from './section-spec.ts'
import { costChangeOf } from './usage-cells.ts'
import type { UsageTotals } from './usage-groups.ts'
import { type Measures, measuresOf } from './usage-measures.ts'

export function usageHeadlines(
  total: Measures,
  before: Measures | null,
  { hasCost, currency }: Pick<SectionOptions, 'hasCost' | 'currency'>,
): Headline[] {
  const cost = total.costUsd === null || currency === null ? total.costUsd : convertUsd(total.costUsd, currency)
  const change = (now: number | bigint, was: number | bigint | undefined) =>
    was === undefined ? {} : { change: changeOf(now, was) }
  const costChange = before === null ? {} : { change: costChangeOf(total.costUsd, before.costUsd) }
  const analyses = Number(total.analyses) === 1 ? 'analysis' : 'analyses'
  return [
    ...(hasCost ? [{ label: 'cost', value: cost, kind: 'money', ...costChange } as const] : []),
    { label: analyses, value: total.analyses, kind: 'count', ...change(total.analyses, before?.analyses) },
    { label: 'tokens', value: total.totalTokens, kind: 'tokens', ...change(total.totalTokens, before?.totalTokens) },
    { label: 'errors', value: total.errorRate ?? 0, kind: 'share' },
  ]
}

/** What the document says of the currency; nothing for dollars. */
export function currencyHead(rate: CurrencyRate | null): { [key: string]: JsonValue } {
  return rate === null ? {} : { currency: { code: rate.currency, perUsd: rate.perUsd, from: rate.from ?? null } }
}

export function currencyNotes(rate: CurrencyRate | null): Note[] {
  return rate === null ? [] : [{ kind: 'info', text: `Costs were added up in dollars: ${describeCurrencyRate(rate)}.` }]
}

/** Models whose events have no price, most used first. */
export function unpricedObjects(unpriced: ReadonlyMap<KeyValue, UsageTotals>): JsonValue {
  return [...unpriced]
    .map(([model, totals]) => ({
      model,
      analyses: totals.get('analyses'),
      totalTokens: measuresOf(totals).totalTokens,
    }))
    .sort((a, b) => Number(b.analyses) - Number(a.analyses) || compareKeys(a.model, b.model))
}

export function unpricedNotes(
  models: Iterable<KeyValue>,
  total: Pick<Measures, 'analyses' | 'unpricedAnalyses'>,
  mode: CostMode,
): Note[] {
  if (total.unpricedAnalyses === 0) return []
  const names = [...models].sort(compareKeys).map(name => (name === null ? 'events without a model' : String(name)))
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
  ]
}
