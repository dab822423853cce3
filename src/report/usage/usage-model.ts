// The usage of a range in groups: what the usage report is made of before it is ordered, cut and shown.

import type { BasisOf } from '../../pricing/group-cost.ts'
import type { Groups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Tally } from '../../tally/tally.ts'
import { RelatedKeys } from '../group/related-keys.ts'
import { UsageColumns } from '../group/usage-columns.ts'
import { addDurations, forEachUsageRow, GroupMap, UsageTotals } from '../group/usage-groups.ts'

type GroupsByKey = ReadonlyMap<KeyValue, UsageTotals>

export interface UsageModel {
  readonly total: UsageTotals
  readonly clients: GroupsByKey
  readonly users: GroupsByKey
  readonly profiles: GroupsByKey
  readonly models: GroupsByKey
  readonly days: GroupsByKey
  readonly clientUsers: RelatedKeys
  readonly userClients: RelatedKeys
  readonly profileClients: RelatedKeys
  readonly modelClients: RelatedKeys
  readonly modelUsers: RelatedKeys
  readonly modelProviders: RelatedKeys
  readonly dayClients: RelatedKeys
  profilesOf(client: KeyValue): GroupsByKey
}

// Where the keys are in the tables of USAGE_GROUP_BYS.
const CLIENT = 0
const PROFILE_USER_OR_DAY = 1
const MODEL = 2
const PROVIDER = 3

/** Rolls up a tally of USAGE_GROUP_BYS. */
export function buildUsageModel(tally: Tally, basisOf: BasisOf): UsageModel {
  const tableOf = (name: string) => tally.tables.get(name)!
  const [profileTable, userTable, dayTable] = [tableOf('profiles'), tableOf('users'), tableOf('days')]
  const sumProfiles = sumsOf(profileTable, basisOf)
  const clients = sumProfiles(CLIENT)
  const profiles = sumProfiles(PROFILE_USER_OR_DAY)
  const models = sumProfiles(MODEL)
  const users = sumsOf(userTable, basisOf)(PROFILE_USER_OR_DAY)
  const days = sumsOf(dayTable, basisOf)(PROFILE_USER_OR_DAY)
  // Of all tables with clients, that of the models has the fewest rows.
  addDurations(tableOf('modelDurations'), CLIENT, clients)
  addDurations(tableOf('profileDurations'), PROFILE_USER_OR_DAY, profiles)
  addDurations(tableOf('userDurations'), PROFILE_USER_OR_DAY, users)
  addDurations(tableOf('modelDurations'), PROFILE_USER_OR_DAY, models)
  addDurations(tableOf('dayDurations'), PROFILE_USER_OR_DAY, days)
  const total = new UsageTotals()
  for (const group of models.values()) total.merge(group)
  let clientProfiles: ReadonlyMap<KeyValue, GroupMap> | undefined
  return {
    total,
    clients,
    users,
    profiles,
    models,
    days,
    clientUsers: new RelatedKeys(userTable, CLIENT, PROFILE_USER_OR_DAY),
    userClients: new RelatedKeys(userTable, PROFILE_USER_OR_DAY, CLIENT),
    profileClients: new RelatedKeys(profileTable, PROFILE_USER_OR_DAY, CLIENT),
    modelClients: new RelatedKeys(profileTable, MODEL, CLIENT),
    modelUsers: new RelatedKeys(userTable, MODEL, PROFILE_USER_OR_DAY),
    modelProviders: new RelatedKeys(profileTable, MODEL, PROVIDER),
    dayClients: new RelatedKeys(dayTable, PROFILE_USER_OR_DAY, CLIENT),
    profilesOf(client) {
      clientProfiles ??= profilesByClient(profileTable, basisOf)
      return clientProfiles.get(client)?.groups ?? new Map()
    },
  }
}

// The sums by the values of any key; by columns, or where doubles do not hold the sums, row by row.
function sumsOf(table: Groups, basisOf: BasisOf): (key: number) => Map<KeyValue, UsageTotals> {
  const columns = UsageColumns.of(table, basisOf)
  return key => {
    const sums = columns?.sumByCode(key)
    if (sums === undefined) return sumRows(table, basisOf, key)
    const groups = new Map<KeyValue, UsageTotals>()
    sums.forEach((totals, code) => {
      if (totals !== undefined) groups.set(table.tables[key]!.valueOf(code), totals)
    })
    return groups
  }
}

function sumRows(table: Groups, basisOf: BasisOf, key: number): Map<KeyValue, UsageTotals> {
  const byRow = new GroupMap()
  forEachUsageRow(table, basisOf, row => byRow.of(key === MODEL ? row.rateClass.model : row.keys[key]!).addRow(row))
  return byRow.groups
}

function profilesByClient(table: Groups, basisOf: BasisOf): Map<KeyValue, GroupMap> {
  const clients = new Map<KeyValue, GroupMap>()
  forEachUsageRow(table, basisOf, row => {
    const [client = null, profile = null] = row.keys
    const profiles = clients.get(client) ?? new GroupMap()
    clients.set(client, profiles)
    profiles.of(profile).addRow(row)
  })
  return clients
}

export interface DistinctCounts {
  readonly clients: number
  readonly users: number
  readonly profiles: number
  readonly models: number
}

/** How many of each there are. No value is no client: it is not counted as one. */
export function distinctCounts(model: UsageModel): DistinctCounts {
  const count = (groups: ReadonlyMap<KeyValue, UsageTotals>) => groups.size - (groups.has(null) ? 1 : 0)
  return {
    clients: count(model.clients),
    users: count(model.users),
    profiles: count(model.profiles),
    models: count(model.models),
  }
}
