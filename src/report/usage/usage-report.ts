// The usage report: who used what, at what cost, by client, user, profile, model and date.
import { withThousands } from '../../base/thousands.ts'
import type { Report } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { assembleReport } from '../table/assemble-report.ts'
import { bothRanges } from '../table/both-ranges.ts'
import { usageHeadlines } from './usage-headlines.ts'
import { buildUsageModel, distinctCounts, type UsageModel } from './usage-model.ts'
import { buildUsageSections } from './usage-sections.ts'

export const USAGE_SECTIONS = ['summary', 'clients', 'users', 'profiles', 'models', 'dates'] as const

export function buildUsageReport(input: ReportInput): Report {
  const models = bothRanges(input, ({ tally }) => buildUsageModel(tally, input.basisOf))
  const [{ total }, before] = models
  return assembleReport(input, {
    name: 'usage',
    title: 'Usage',
    headlines: usageHeadlines(input, [total, before?.total ?? null]),
    facts: facts(models[0]),
    priced: { table: 'profiles', total },
    sections: buildUsageSections(input, models),
  })
}

function facts(model: UsageModel): string[] {
  const word = (count: number, name: string) => `${withThousands(String(count))} ${name}${count === 1 ? '' : 's'}`
  const counts = distinctCounts(model)
  const checks = Number(model.total.get('checks'))
  return [
    word(counts.clients, 'client'),
    word(counts.users, 'user'),
    word(counts.profiles, 'profile'),
    word(counts.models, 'model'),
  ].concat(checks > 0 ? [word(checks, 'check')] : [])
}
