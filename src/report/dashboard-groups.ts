// The groups that a dashboard is made of. Requests count where there are any, else analyses; cost and tokens are always those
// of usage.
import type { DashboardMetric, StackField } from '../query/dashboard-view.ts'
import type { GroupBy } from '../query/query.ts'
import { RATE_KEYS } from '../query/rate-class.ts'
import type { Group } from './group/group.ts'
import { Groups } from './group/group.ts'
import { usageBy } from './group/group-bys.ts'
import { type RollUp, rollUp } from './group/roll-up.ts'
import type { SeriesLayers } from './model/report.ts'
import type { Answers, ReportInput } from './model/report-definition.ts'
import { type Both, bothRanges, tableOf } from './table/both-ranges.ts'
import { compareKeys } from './table/order.ts'
import { numberOf } from './table/table-comparison.ts'
import type { TableColumn, TableRow } from './table/table-spec.ts'

/** What the document calls requests: requests, or where there are none, analyses. */
export type Counted = 'requests' | 'analyses'

export interface CountedGroups {
  readonly are: Counted
  readonly groups: Groups
}

/** Groups by one field, everything counted in them. */
export interface Breakdown {
  readonly name: string
  readonly key: string
  readonly title: string
  readonly are: Counted
  /** Whether usage says this of itself, so that cost and tokens are known by it. */
  readonly hasUsage: boolean
  readonly groups: Both<Groups>
}

const FIELDS = [
  { key: 'client', name: 'clients', title: 'Clients' },
  { key: 'model', name: 'models', title: 'Models' },
  { key: 'profile', name: 'profiles', title: 'Profiles' },
  { key: 'feature', name: 'features', title: 'Features' },
  { key: 'user', name: 'users', title: 'Users' },
  { key: 'country', name: 'countries', title: 'Countries' },
] as const

const TIMED_SUMS = ['analyses', 'errors', 'durationUs', 'timed']

function timedBy(name: string, keys: readonly string[]): GroupBy {
  return { name, keys, sums: TIMED_SUMS, hasDurations: false, hasExtent: false }
}

// The keys of rate classes are in every group-by of usage.
function usageByKeys(name: string, keys: readonly string[]): GroupBy {
  return usageBy(
    name,
    keys.filter(key => !(RATE_KEYS as readonly string[]).includes(key)),
  )
}

/** What is asked of usage for the breakdowns. */
export function usageBreakdowns(): GroupBy[] {
  return FIELDS.map(({ key, name }) => usageByKeys(name, [key]))
}

/** What is asked of all events for them. */
export function eventBreakdowns(): GroupBy[] {
  return FIELDS.map(({ key, name }) => timedBy(name, ['event', key]))
}

export function requestsOf(answers: Answers, table: string, how: RollUp): CountedGroups {
  const groups = groupsOf(answers, 'requests', table, how)
  if (groups.all.length > 0) return { are: 'requests', groups }
  return { are: 'analyses', groups: groupsOf(answers, 'analyses', table, how) }
}

export function groupsOf(answers: Answers, are: Counted, table: string, { where, ...how }: RollUp): Groups {
  if (are === 'analyses') return rollUp(tableOf(answers, 'usage', table), { ...how, ...(where && { where }) })
  const isRequest: RollUp['where'] = keyOf => keyOf('event') === 'request' && where?.(keyOf) !== false
  return rollUp(tableOf(answers, 'events', table), { ...how, where: isRequest })
}

/** Names that nobody gave are no names; where no request has one, those of analyses count. */
export function namedGroups(answers: Answers, table: string, key: string): CountedGroups {
  return requestsOf(answers, table, { by: [key], where: keyOf => keyOf(key) !== null })
}

/** By each field that has values. */
export function breakdownsOf(input: ReportInput): Breakdown[] {
  return FIELDS.map(({ key, name, title }) => {
    const { are } = namedGroups(input.answers, name, key)
    const usage = bothRanges(input, answers => usageOf(input, answers, name, key))
    const hasUsage = usage.some(groups => (groups?.named ?? 0) > 0)
    const groups = are === 'analyses' ? usage : requestsBy(input, name, key, hasUsage ? usage : null)
    return { key, name, title, are, hasUsage, groups }
  }).filter(({ groups }) => groups.some(one => (one?.named ?? 0) > 0))
}

function usageOf({ basisOf }: ReportInput, answers: Answers, table: string, key: string): Groups {
  return rollUp(tableOf(answers, 'usage', table), { by: [key], basisOf })
}

function requestsBy(input: ReportInput, table: string, key: string, usage: Both<Groups> | null): Both<Groups> {
  const [now, before] = bothRanges(input, answers => groupsOf(answers, 'requests', table, { by: [key] }))
  if (usage === null) return [now, before]
  return [withUsage(now, usage[0]), before && usage[1] && withUsage(before, usage[1])]
}

function withUsage(counted: Groups, usage: Groups): Groups {
  const groups = new Groups()
  for (const { keys, group } of counted.all) groups.of(keys).merge(group)
  for (const { keys, group } of usage.all) addUsage(groups.of(keys), group)
  return groups
}

const TOKEN_SUMS = ['inputTokens', 'outputTokens', 'unsplitTokens']

/** Cost and tokens of usage, beside what a group counts already. */
export function addUsage(group: Group, usage: Group): void {
  group.cost.merge(usage.cost)
  for (const sum of TOKEN_SUMS) group.add(sum, usage.get(sum))
}

/** What the buckets are made of, the most first. */
export function stackLayers(
  { answers, basisOf }: ReportInput,
  are: Counted,
  metric: DashboardMetric,
  field: StackField,
  unit: 'hour' | 'day',
  column: TableColumn,
  rows: readonly TableRow[],
): SeriesLayers {
  const by = [field, unit]
  const isUsage = metric === 'cost' || metric === 'tokens'
  const groups = isUsage
    ? rollUp(tableOf(answers, 'usage', 'stack'), { by, basisOf })
    : groupsOf(answers, are, 'stack', { by })
  const layers = [...groups.byFirstKey().keys()].map(name => {
    const values = rows.map(row => {
      const group = groups.find([name, row.keys[0]!])
      return group === undefined ? 0 : numberOf(column.value({ ...row, group }))
    })
    return { name: name as string | null, values, sum: values.reduce((sum, value) => sum + value, 0) }
  })
  layers.sort((a, b) => b.sum - a.sum || compareKeys(a.name, b.name))
  return { title: field, layers: layers.map(({ name, values }) => ({ name, values })) }
}

/** What is asked for the layers of the buckets. */
export function stackBy(field: StackField | null, unit: 'hour' | 'day', isUsage: boolean): GroupBy[] {
  if (field === null) return []
  return [isUsage ? usageByKeys('stack', [field, unit]) : timedBy('stack', ['event', field, unit])]
}
