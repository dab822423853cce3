// The sections of the usage report: what each row shows of its group.
import type { JsonValue } from '../../base/json.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Groups, KeyedGroup } from '../group/group.ts'
import type { ReportInput } from '../model/report-definition.ts'
import type { PlacedSection } from '../table/assemble-report.ts'
import { type Both, tableOptions } from '../table/both-ranges.ts'
import { compareCosts, compareKeys } from '../table/order.ts'
import { objectMaker } from '../table/row-objects.ts'
import { buildTable } from '../table/table.ts'
import { bucketRows, namedRows } from '../table/table-rows.ts'
import { NAME_COLUMN, type ObjectColumn, type TableColumn, type TableRow } from '../table/table-spec.ts'
import { type DistinctCounts, distinctCounts, type UsageModel } from './usage-model.ts'
import { usageSeries } from './usage-series.ts'
import { comparedKeys, countColumn, measureColumns, type UsageTable, usageTable } from './usage-table.ts'

const TOP_PROFILES = 5

/** All sections, in their order. */
export function buildUsageSections(input: ReportInput, [model, before]: Both<UsageModel>): PlacedSection[] {
  const hasCost = input.prices !== null
  const options = tableOptions(input)
  const build = (key: string, table: UsageTable, groupsOf: (model: UsageModel) => Groups): PlacedSection => ({
    key,
    section: buildTable(
      usageTable(table, model.total, input),
      namedRows(groupsOf(model), before === null ? null : groupsOf(before)),
      options,
    ),
  })
  const dates = usageTable(
    { ...named('dates', 'date', 'Dates', model.dayClients, null), order: 'time' },
    model.total,
    input,
  )
  return [
    summarySection(input, model, before),
    build(
      'byClient',
      {
        ...named('clients', 'client', 'Clients', 'itself', model.clientUsers),
        tail: [jsonColumn('top_profiles', key => topProfiles(model.profilesOf(key), hasCost))],
      },
      ({ clients }) => clients,
    ),
    build(
      'byUser',
      {
        ...named('users', 'user', 'Users', model.userClients, 'itself'),
        lead: [jsonColumn('clients', key => model.userClients.textsOf(key))],
      },
      ({ users }) => users,
    ),
    build(
      'byProfile',
      {
        ...named('profiles', 'profile', 'Profiles', model.profileClients, null),
        lead: [jsonColumn('clients', key => model.profileClients.textsOf(key))],
      },
      ({ profiles }) => profiles,
    ),
    build(
      'byModel',
      {
        ...named('models', 'model', 'Models', model.modelClients, model.modelUsers),
        lead: [jsonColumn('provider', key => model.modelProviders.textsOf(key).join(', ') || null)],
      },
      ({ models }) => models,
    ),
    {
      key: 'byDate',
      section: buildTable(
        { ...dates, ...usageSeries(input, model, dates.columns) },
        bucketRows(input, 'day', model.days, before?.days ?? null),
        options,
      ),
    },
  ]
}

function summarySection(input: ReportInput, model: UsageModel, before: UsageModel | null): PlacedSection {
  const counts = distinctCounts(model)
  const table: UsageTable = {
    name: 'summary',
    rowName: 'total',
    title: 'Summary',
    keyColumns: [NAME_COLUMN],
    jsonKeys: ['name'],
    distincts: [
      countColumn('clients', 'Clients', () => counts.clients),
      countColumn('users', 'Users', () => counts.users),
    ],
    order: 'key',
  }
  const row: TableRow = { keys: [null], labels: ['total'], group: model.total, previous: before?.total ?? null }
  const hasComparison = before !== null
  const spec = usageTable(table, model.total, input)
  return {
    key: 'summary',
    section: buildTable(spec, [row], { top: null, sort: null, hasComparison }),
    get value() {
      const objectColumns = measureColumns(input, distinctColumns(counts))
      return objectMaker(
        { ...spec, jsonKeys: [], objectColumns, compared: comparedKeys(input) },
        { hasComparison },
      )(row)
    },
  }
}

function distinctColumns(counts: DistinctCounts): ObjectColumn[] {
  return Object.entries(counts).map(([key, count]) => ({ key, value: () => count }))
}

/** How many clients or users a row has: `itself` where it is one, null where nobody knows. */
type Distinct = 'itself' | { count(key: KeyValue): number } | null

function named(name: string, rowName: string, title: string, clients: Distinct, users: Distinct): UsageTable {
  const keyColumns = [{ ...NAME_COLUMN, title }]
  const distincts = [distinctColumn('clients', 'Clients', clients), distinctColumn('users', 'Users', users)]
  return { name, rowName, title, keyColumns, jsonKeys: [rowName], distincts }
}

function distinctColumn(key: string, title: string, distinct: Distinct): TableColumn {
  return countColumn(key, title, ({ keys: [name = null] }) => {
    if (distinct === null) return null
    // No value is no client and no user.
    return distinct === 'itself' ? (name === null ? 0 : 1) : distinct.count(name)
  })
}

function jsonColumn(key: string, make: (key: KeyValue) => JsonValue): ObjectColumn {
  return { key, value: () => null, json: ({ keys: [name = null] }) => make(name) }
}

// The keys of the groups are client and profile.
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
