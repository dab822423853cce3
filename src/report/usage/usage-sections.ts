// The sections of the usage report: what each row shows of its group.
import { formatDay } from '../../base/calendar.ts'
import type { JsonValue } from '../../base/json.ts'
import type { Day, Instant } from '../../base/zone.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { Group, type Groups, type KeyedGroup } from '../group/group.ts'
import type { Column, Section } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { MOST_BUCKETS } from '../table/buckets.ts'
import { compareCosts, compareKeys } from '../table/order.ts'
import { namedRows } from '../table/table-rows.ts'
import type { Entry, SectionOptions, SectionSpec } from './section-spec.ts'
import { distinctCounts, type UsageModel } from './usage-model.ts'
import { buildSection } from './usage-section.ts'
import { daySeries } from './usage-series.ts'

const TOP_PROFILES = 5

/** All sections, in their order. */
export function buildUsageSections(
  input: ReportInput,
  model: UsageModel,
  before: UsageModel | null,
  options: SectionOptions,
  firstDay: Day | null,
): Section[] {
  const days = dayEntries(input, model, before, firstDay)
  const { clients, users } = distinctCounts(model)
  return [
    buildSection(
      { ...SUMMARY, clientsOf: () => clients, usersOf: () => users },
      [{ keys: [null], labels: ['total'], totals: model.total, previous: before?.total ?? null }],
      { ...options, top: null, sort: null },
    ),
    buildSection(
      {
        ...groupSpec('clients', 'client', 'Clients'),
        clientsOf: countOne,
        usersOf: key => model.clientUsers.count(key),
        tailOf: key => ({ topProfiles: topProfiles(model.profilesOf(key), options.hasCost) }),
      },
      entriesOf(model.clients, before?.clients),
      options,
    ),
    buildSection(
      {
        ...groupSpec('users', 'user', 'Users'),
        clientsOf: key => model.userClients.count(key),
        usersOf: countOne,
        leadOf: key => ({ clients: model.userClients.textsOf(key) }),
      },
      entriesOf(model.users, before?.users),
      options,
    ),
    buildSection(
      {
        ...groupSpec('profiles', 'profile', 'Profiles'),
        clientsOf: key => model.profileClients.count(key),
        leadOf: key => ({ clients: model.profileClients.textsOf(key) }),
      },
      entriesOf(model.profiles, before?.profiles),
      options,
    ),
    buildSection(
      {
        ...groupSpec('models', 'model', 'Models'),
        clientsOf: key => model.modelClients.count(key),
        usersOf: key => model.modelUsers.count(key),
        leadOf: key => ({ provider: model.modelProviders.textsOf(key).join(', ') || null }),
      },
      entriesOf(model.models, before?.models),
      options,
    ),
    buildSection(
      {
        ...groupSpec('dates', 'date', 'Dates'),
        order: 'key',
        series: daySeries(days, options, { ...input, layerBy: model.clients.size > 1 ? 'client' : 'model' }),
        clientsOf: key => model.dayClients.count(key),
      },
      days,
      options,
    ),
  ]
}

// No value is no client and no user.
function countOne(key: KeyValue): number {
  return key === null ? 0 : 1
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

function entriesOf(groups: Groups, before: Groups | undefined): Entry[] {
  return namedRows(groups, before ?? null).map(({ group, ...row }) => ({ ...row, totals: group }))
}

// A row for every day of the range up to the last event, with the day as far into the range before beside it.
function dayEntries(input: ReportInput, model: UsageModel, before: UsageModel | null, firstDay: Day | null): Entry[] {
  const { tally, zone } = input
  if (firstDay === null || tally.firstInstant > tally.lastInstant) return []
  const lastDay = zone.dayOf(tally.lastInstant as Instant)
  const beforeFrom = input.before?.range.from ?? null
  const shift = beforeFrom === null ? 0 : firstDay - zone.dayOf(beforeFrom as Instant)
  return daysBetween(firstDay, lastDay, model).map(day => ({
    keys: [day],
    labels: [formatDay(day)],
    totals: model.days.find([day]) ?? new Group(),
    previous: before === null ? null : (before.days.find([day - shift]) ?? null),
  }))
}

// Empty days are shown, but one event of the year 9026 must not make millions of them.
function daysBetween(first: Day, last: Day, model: UsageModel): Day[] {
  if (last - first < MOST_BUCKETS) return Array.from({ length: last - first + 1 }, (_, index) => (first + index) as Day)
  return model.days.all.map(({ keys }) => Number(keys[0]) as Day).sort((a, b) => a - b)
}

function topProfiles(profiles: readonly KeyedGroup[], hasCost: boolean): JsonValue {
  const all = profiles.map(({ keys, group }) => ({
    profile: keys[1]!,
    analyses: group.get('analyses'),
    costUsd: group.cost.result().cost,
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
