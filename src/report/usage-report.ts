// The usage report: who used what, at what cost, by client, user, profile, model and date.
import { formatDay } from '../base/calendar.ts'
import type { JsonValue } from '../base/json.ts'
import type { Day, Instant, Zone } from '../base/zone.ts'
import type { NamedRange } from '../query/range.ts'
import type { KeyValue } from '../tally/key-table.ts'
import type { Tally } from '../tally/tally.ts'
import { compareCosts, compareKeys } from './order.ts'
import type { Column, Report, Section } from './report.ts'
import { buildPeriod, describeFilters, documentHead, ledgerNotes, ledgerObject } from './report-frame.ts'
import { type BasisOf, type GroupMap, UsageTotals } from './usage-groups.ts'
import { type Measures, measuresOf } from './usage-measures.ts'
import { buildUsageModel, type Related, type UsageModel } from './usage-model.ts'
import {
  buildSection,
  comparisonObject,
  type Entry,
  measuresObject,
  type SectionOptions,
  type SectionSpec,
} from './usage-section.ts'
import { unpricedNotes, unpricedObjects, usageHeadlines } from './usage-summary.ts'

/** Everything that a usage report is made from. */
export interface UsageInput {
  readonly tally: Tally
  readonly range: NamedRange
  /** The same question of the range to compare with. */
  readonly before: { readonly tally: Tally; readonly range: NamedRange } | null
  readonly zone: Zone
  readonly now: Instant
  readonly filters: { readonly [flag: string]: readonly string[] }
  readonly basisOf: BasisOf
  /** Null where no costs are wanted. */
  readonly prices: ReportPrices | null
  readonly top: number | null
  readonly sort: string | null
  /** Names of the sections wanted; null is all. */
  readonly sections: readonly string[] | null
}

export interface ReportPrices {
  readonly source: string
  readonly hash: string
  readonly mode: string
}

export const USAGE_SECTIONS = ['summary', 'clients', 'users', 'profiles', 'models', 'dates'] as const
const TOP_PROFILES = 5

export function buildUsageReport(input: UsageInput): Report {
  const { tally, zone, prices } = input
  const model = buildUsageModel(tally, input.basisOf)
  const before = input.before === null ? null : buildUsageModel(input.before.tally, input.basisOf)
  const total = measuresOf(model.total)
  const period = buildPeriod(input.range, tally, zone)
  const options = { hasCost: prices !== null, hasComparison: before !== null, top: input.top, sort: input.sort, total }
  const wanted = (name: string) => input.sections === null || input.sections.includes(name)
  const sections = buildSections(input, model, before, options, period.firstDay).filter(section => wanted(section.name))
  const counts = distinctCounts(model)
  const summary = {
    ...summaryObject(total, counts, options.hasCost),
    ...(before === null ? {} : comparisonObject(total, before.total, options.hasCost)),
  }
  const unpriced = unpricedObjects(model.unpriced)
  return {
    title: 'Usage',
    period,
    filters: describeFilters(input.filters),
    headlines: usageHeadlines(total, before === null ? null : measuresOf(before.total), options.hasCost),
    facts: facts(total, counts),
    sections,
    ledger: tally.ledger,
    unpricedAnalyses: total.unpricedAnalyses,
    notes: [...ledgerNotes(tally.ledger), ...(prices === null ? [] : unpricedNotes(model.unpriced.keys(), total))],
    currency: 'USD',
    priceSource: prices === null ? null : prices.source,
    document: {
      ...documentHead('usage-report@1', input.now, period, input.filters, zone),
      compare: input.before === null ? undefined : comparePeriod(input),
      prices: prices === null ? undefined : { source: prices.source, hash: prices.hash, mode: prices.mode },
      ledger: ledgerObject(tally.ledger),
      summary: wanted('summary') ? summary : undefined,
      ...Object.fromEntries(
        sections
          .filter(section => section.name !== 'summary')
          .map(section => [DOCUMENT_KEYS[section.name]!, section.objects]),
      ),
      unpriced: prices === null ? undefined : unpriced,
      problems: tally.ledger.problems.map(({ file, line, reason }) => ({ file, line, reason })),
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

function comparePeriod(input: UsageInput): JsonValue {
  const { tally, range } = input.before!
  const period = buildPeriod(range, tally, input.zone)
  return documentHead('', input.now, period, {}, input.zone).period!
}

function buildSections(
  input: UsageInput,
  model: UsageModel,
  before: UsageModel | null,
  options: SectionOptions,
  firstDay: Day | null,
): Section[] {
  const related = (map: Related, key: KeyValue) => map.get(key)?.size ?? 0
  const days = dayEntries(input, model, before, firstDay)
  return [
    buildSection(SUMMARY, [summaryEntry(model, before)], { ...options, top: null, sort: null }),
    buildSection(
      groupSpec('clients', 'client', 'Clients'),
      entriesOf(model.clients, before?.clients, key => ({
        clients: key === null ? 0 : 1,
        users: related(model.clientUsers, key),
        tail: { topProfiles: topProfiles(model.clientProfiles.get(key), options.hasCost) },
      })),
      options,
    ),
    buildSection(
      groupSpec('users', 'user', 'Users'),
      entriesOf(model.users, before?.users, key => ({
        clients: related(model.userClients, key),
        users: key === null ? 0 : 1,
        lead: { clients: sortedTexts(model.userClients.get(key)) },
      })),
      options,
    ),
    buildSection(
      groupSpec('profiles', 'profile', 'Profiles'),
      entriesOf(model.profiles, before?.profiles, key => ({
        clients: related(model.profileClients, key),
        users: null,
        lead: { clients: sortedTexts(model.profileClients.get(key)) },
      })),
      options,
    ),
    buildSection(
      groupSpec('models', 'model', 'Models'),
      entriesOf(model.models, before?.models, key => ({
        clients: related(model.modelClients, key),
        users: related(model.modelUsers, key),
        lead: { provider: sortedTexts(model.modelProviders.get(key)).join(', ') || null },
      })),
      options,
    ),
    buildSection(
      { ...groupSpec('dates', 'date', 'Dates'), order: 'key', series: daySeries(days, options.hasCost) },
      days,
      options,
    ),
  ]
}

const NAME_COLUMN: Column = { key: 'name', title: '', kind: 'text' }

const SUMMARY: SectionSpec = {
  name: 'summary',
  rowName: 'total',
  title: 'Summary',
  keyColumns: [NAME_COLUMN],
  jsonKeys: ['name'],
  order: 'key',
  hasDistincts: true,
  series: null,
}

function groupSpec(name: string, rowName: string, title: string): SectionSpec {
  return {
    ...SUMMARY,
    name,
    rowName,
    title,
    keyColumns: [{ ...NAME_COLUMN, title }],
    jsonKeys: [rowName],
    order: 'cost',
  }
}

function summaryEntry(model: UsageModel, before: UsageModel | null): Entry {
  const { clients, users } = distinctCounts(model)
  return { keys: [null], labels: ['total'], totals: model.total, clients, users, previous: before?.total ?? null }
}

function entriesOf(
  groups: ReadonlyMap<KeyValue, UsageTotals>,
  before: ReadonlyMap<KeyValue, UsageTotals> | undefined,
  more: (key: KeyValue) => Pick<Entry, 'clients' | 'users' | 'lead' | 'tail'>,
): Entry[] {
  const entries = [...groups].map(([key, totals]) => entryOf(key, totals, before?.get(key) ?? null, more(key)))
  // Who was there before and is not any more is news too.
  const gone = [...(before?.keys() ?? [])].filter(key => !groups.has(key))
  return [...entries, ...gone.map(key => entryOf(key, new UsageTotals(), before!.get(key)!, more(key)))]
}

function entryOf(
  key: KeyValue,
  totals: UsageTotals,
  previous: UsageTotals | null,
  more: Pick<Entry, 'clients' | 'users' | 'lead' | 'tail'>,
): Entry {
  return { keys: [key], labels: [key === null ? null : String(key)], totals, previous, ...more }
}

// A row for every day of the range up to the last event, with the day as far into the range before beside it.
function dayEntries(input: UsageInput, model: UsageModel, before: UsageModel | null, firstDay: Day | null): Entry[] {
  const { tally, zone } = input
  if (firstDay === null || tally.firstInstant > tally.lastInstant) return []
  const lastDay = zone.dayOf(tally.lastInstant as Instant)
  const beforeFrom = input.before?.range.from ?? null
  const shift = beforeFrom === null ? 0 : firstDay - zone.dayOf(beforeFrom as Instant)
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
    const day = (firstDay + index) as Day
    return {
      keys: [day],
      labels: [formatDay(day)],
      totals: model.days.get(day) ?? new UsageTotals(),
      clients: model.dayClients.get(day)?.size ?? 0,
      users: null,
      previous: before === null ? null : (before.days.get(day - shift) ?? null),
    }
  })
}

function daySeries(days: readonly Entry[], hasCost: boolean): number[] {
  return days.map(day => {
    const cost = hasCost ? day.totals.cost.result().cost : null
    return cost === null || !hasCost ? Number(day.totals.get('analyses')) : Number(cost.units) / 10 ** cost.scale
  })
}

function topProfiles(profiles: GroupMap | undefined, hasCost: boolean): JsonValue {
  const all = [...(profiles?.groups ?? [])].map(([profile, totals]) => ({
    profile,
    analyses: totals.get('analyses'),
    costUsd: totals.cost.result().cost,
  }))
  all.sort(
    (a, b) =>
      (hasCost ? compareCosts(a.costUsd, b.costUsd) : 0) ||
      Number(b.analyses) - Number(a.analyses) ||
      compareKeys(a.profile, b.profile),
  )
  return all
    .slice(0, TOP_PROFILES)
    .map(entry => (hasCost ? entry : { profile: entry.profile, analyses: entry.analyses }))
}

function sortedTexts(set: ReadonlySet<KeyValue> | undefined): string[] {
  return [...(set ?? [])].map(String).sort()
}

interface DistinctCounts {
  readonly clients: number
  readonly users: number
  readonly profiles: number
  readonly models: number
}

// No value is no client: it is not counted as one.
function distinctCounts(model: UsageModel): DistinctCounts {
  const count = (groups: ReadonlyMap<KeyValue, UsageTotals>) => groups.size - (groups.has(null) ? 1 : 0)
  return {
    clients: count(model.clients),
    users: count(model.users),
    profiles: count(model.profiles),
    models: count(model.models),
  }
}

function summaryObject(total: Measures, counts: DistinctCounts, hasCost: boolean): { [key: string]: JsonValue } {
  const { analyses, checks, errors, errorRate, ...rest } = measuresObject(total, hasCost)
  return { analyses: analyses!, checks: checks!, errors: errors!, errorRate: errorRate!, ...counts, ...rest }
}

function facts(total: Measures, counts: DistinctCounts): string[] {
  const word = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`
  return [
    word(counts.clients, 'client'),
    word(counts.users, 'user'),
    word(counts.profiles, 'profile'),
    word(counts.models, 'model'),
  ].concat(Number(total.checks) > 0 ? [`${total.checks} checks`] : [])
}
