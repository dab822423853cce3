// What the usage reports say of the whole: headline numbers and the currency.
import type { JsonValue } from '../../base/json.ts'
import { type CurrencyRate, convertUsd, describeCurrencyRate } from '../../pricing/currency.ts'
import { changeOf } from '../group/change.ts'
import type { Headline, Note } from '../model/report.ts'
import type { SectionOptions } from './section-spec.ts'
import { costChangeOf } from './usage-cells.ts'
import type { Measures } from './usage-measures.ts'

export function usageHeadlines(
  total: Measures,
  before: Measures | null,
  { hasCost, currency }: Pick<SectionOptions, 'hasCost' | 'currency'>,
): Headline[] {
  const cost = total.costUsd === null || currency === null ? total.costUsd : convertUsd(total.costUsd, currency)
  const change = (now: number | bigint, was: number | bigint | undefined) =>
    was === undefined ? {} : { change: changeOf(now, was) }
  const costChange = before === null ? {} : { change: costChangeOf(total.costUsd, before.costUsd) }
  const isPart = cost !== null && total.unpricedAnalyses > 0
  const analyses = Number(total.analyses) === 1 ? 'analysis' : 'analyses'
  return [
    ...(hasCost ? [{ label: 'cost', value: cost, kind: 'money', isPart, ...costChange } as const] : []),
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
