// The numbers that a usage report shows first.
import { convertUsd } from '../../pricing/currency.ts'
import { changeOf, costChangeOf } from '../group/change.ts'
import type { Headline } from '../model/report.ts'
import type { SectionOptions } from './section-spec.ts'
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
