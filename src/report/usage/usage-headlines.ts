// The numbers that a usage report shows first.
import type { Group } from '../group/group.ts'
import type { Headline } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { type Both, errorHeadline, headline, sumHeadline } from '../table/both-ranges.ts'
import { costHeadline, totalTokens } from '../table/table-columns.ts'

export function usageHeadlines(input: ReportInput, total: Both<Group>): Headline[] {
  const [now, before] = total
  return [
    ...costHeadline(input, total),
    sumHeadline('analyses', 'analyses', total),
    headline('tokens', 'tokens', totalTokens(now), before && totalTokens(before)),
    errorHeadline(total),
  ]
}
