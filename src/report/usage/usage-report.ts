// The usage report: who used what, at what cost, by client, user, profile, model and date.
import type { JsonValue } from '../../base/json.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Report } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import {
  buildPeriod,
  describeFilters,
  documentHead,
  ledgerNotes,
  ledgerObject,
  periodObject,
} from '../model/report-frame.ts'
import { comparedPeriodOf, withComparedPeriod } from '../table/compared-period.ts'
import { currencyHead, currencyNotes, unpricedNotes } from '../table/price-notes.ts'
import { unpricedModels, unpricedObjects } from '../table/unpriced.ts'
import { comparisonObject, currencyObject, measuresObject } from './usage-cells.ts'
import { type Measures, measuresOf } from './usage-measures.ts'
import { buildUsageModel, type DistinctCounts, distinctCounts } from './usage-model.ts'
import { buildUsageSections } from './usage-sections.ts'
import { usageHeadlines } from './usage-summary.ts'

export const USAGE_SECTIONS = ['summary', 'clients', 'users', 'profiles', 'models', 'dates'] as const

export function buildUsageReport(input: ReportInput): Report {
  const { tally, zone, prices } = input
  const model = buildUsageModel(tally, input.basisOf)
  const before = input.before === null ? null : buildUsageModel(input.before.tally, input.basisOf)
  const total = measuresOf(model.total)
  const unpriced = unpricedModels(tally.tables.get('profiles')!, input)
  const period = buildPeriod(input.range, tally, zone)
  const compared = comparedPeriodOf(input)
  const { currency, top, sort } = input
  const options = {
    hasCost: prices !== null,
    hasComparison: before !== null,
    top,
    sort,
    total,
    whole: model.total,
    currency,
  }
  const wanted = (name: string) => input.sections === null || input.sections.includes(name)
  const sections = buildUsageSections(input, model, before, options, period.firstDay).filter(section =>
    wanted(section.name),
  )
  const counts = distinctCounts(model)
  const summary = {
    ...summaryObject(total, counts, options.hasCost),
    ...(options.hasCost ? currencyObject(total, currency) : {}),
    ...(before === null ? {} : comparisonObject(total, before.total, options.hasCost)),
  }
  return {
    title: 'Usage',
    period,
    compared,
    filters: describeFilters(input.filters),
    headlines: usageHeadlines(total, before === null ? null : measuresOf(before.total), options),
    facts: facts(total, counts),
    sections: withComparedPeriod(sections, compared, zone),
    ledger: tally.ledger,
    unpricedAnalyses: total.unpricedAnalyses,
    notes: [
      ...ledgerNotes(tally.ledger),
      ...(prices === null ? [] : [...unpricedNotes(unpriced, total, prices.mode), ...currencyNotes(currency)]),
    ],
    currency: currency?.currency ?? 'USD',
    priceSource: prices === null ? null : prices.source,
    get document() {
      return {
        ...documentHead('usage-report@1', input.now, period, input.filters, zone),
        compare: compared === null ? undefined : periodObject(compared, zone),
        prices: prices === null ? undefined : { source: prices.source, hash: prices.hash, mode: prices.mode },
        ...currencyHead(currency),
        ledger: ledgerObject(tally.ledger),
        summary: wanted('summary') ? summary : undefined,
        ...Object.fromEntries(
          sections
            .filter(section => section.name !== 'summary')
            .map(section => [DOCUMENT_KEYS[section.name]!, section.objects]),
        ),
        unpriced: prices === null ? undefined : unpricedObjects(unpriced),
        problems: tally.ledger.problems.map(problem => ({ ...problem })),
      }
    },
  }
}

const DOCUMENT_KEYS: Readonly<Record<string, string>> = {
  clients: 'byClient',
  users: 'byUser',
  profiles: 'byProfile',
  models: 'byModel',
  dates: 'byDate',
}

function summaryObject(total: Measures, counts: DistinctCounts, hasCost: boolean): { [key: string]: JsonValue } {
  const { analyses, checks, errors, errorRate, ...rest } = measuresObject(total, hasCost)
  return { analyses: analyses!, checks: checks!, errors: errors!, errorRate: errorRate!, ...counts, ...rest }
}

function facts(total: Measures, counts: DistinctCounts): string[] {
  const word = (count: number, name: string) => `${withThousands(String(count))} ${name}${count === 1 ? '' : 's'}`
  return [
    word(counts.clients, 'client'),
    word(counts.users, 'user'),
    word(counts.profiles, 'profile'),
    word(counts.models, 'model'),
  ].concat(Number(total.checks) > 0 ? [word(Number(total.checks), 'check')] : [])
}
