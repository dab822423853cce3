// The usage report as an entry of the catalogue: in its sections, or as one flat table.
import type { ReportDefinition } from '../model/report-definition.ts'
import { buildExplainReport, explainGroupBys } from './explain-report.ts'
import { buildGroupReport, groupReportGroupBys } from './group-report.ts'
import { USAGE_GROUP_BYS } from './usage-query.ts'
import { buildUsageReport, USAGE_SECTIONS } from './usage-report.ts'

export const report: ReportDefinition = {
  name: 'usage',
  sections: USAGE_SECTIONS,
  hasCost: true,
  questions: ({ groupBy, explain }) => [
    {
      name: 'usage',
      kinds: 'usage',
      extras: [],
      groupBys:
        explain !== undefined
          ? explainGroupBys(explain)
          : groupBy === null
            ? USAGE_GROUP_BYS
            : groupReportGroupBys(groupBy),
    },
  ],
  build: input => {
    const { explain, groupBy } = input
    if (explain !== undefined) return buildExplainReport(input, explain)
    return groupBy === null ? buildUsageReport(input) : buildGroupReport(input, groupBy)
  },
}
