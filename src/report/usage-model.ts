// The usage of a range in groups: what the usage report is made of before it is ordered, cut and shown.

import type { KeyValue } from '../tally/key-table.ts'
import type { Tally } from '../tally/tally.ts'
import { addDurations, type BasisOf, forEachUsageRow, GroupMap, UsageTotals } from './usage-groups.ts'

/** Sets of related keys by key; a key without a value is in none. */
export type Related = Map<KeyValue, Set<KeyValue>>

export interface UsageModel {
  readonly total: UsageTotals
  readonly clients: Map<KeyValue, UsageTotals>
  readonly users: Map<KeyValue, UsageTotals>
  readonly profiles: Map<KeyValue, UsageTotals>
  readonly models: Map<KeyValue, UsageTotals>
  readonly days: Map<KeyValue, UsageTotals>
  /** The profiles of each client. */
  readonly clientProfiles: Map<KeyValue, GroupMap>
  readonly clientUsers: Related
  readonly userClients: Related
  readonly profileClients: Related
  readonly modelClients: Related
  readonly modelUsers: Related
  readonly modelProviders: Related
  readonly dayClients: Related
  /** Analyses and tokens of models without a price. */
  readonly unpriced: Map<KeyValue, UsageTotals>
}

/** Rolls up a tally of USAGE_GROUP_BYS. */
export function buildUsageModel(tally: Tally, basisOf: BasisOf): UsageModel {
  const total = new UsageTotals()
  const maps = {
    clients: new GroupMap(),
    users: new GroupMap(),
    profiles: new GroupMap(),
    models: new GroupMap(),
    days: new GroupMap(),
  }
  const clientProfiles = new Map<KeyValue, GroupMap>()
  const [clientUsers, userClients, profileClients, dayClients]: Related[] = [new Map(), new Map(), new Map(), new Map()]
  const [modelClients, modelUsers, modelProviders]: Related[] = [new Map(), new Map(), new Map()]
  const unpriced = new GroupMap()

  forEachUsageRow(tally.tables.get('profiles')!, basisOf, row => {
    const [client = null, profile = null] = row.keys
    const { model, provider } = row.rateClass
    total.addRow(row)
    maps.clients.of(client).addRow(row)
    maps.profiles.of(profile).addRow(row)
    maps.models.of(model).addRow(row)
    groupsOf(clientProfiles, client).of(profile).addRow(row)
    relate(profileClients!, profile, client)
    relate(modelClients!, model, client)
    relate(modelProviders!, model, provider)
    if (row.basis.from === 'unpriced') unpriced.of(model).addRow(row)
  })
  forEachUsageRow(tally.tables.get('users')!, basisOf, row => {
    const [client = null, user = null] = row.keys
    maps.users.of(user).addRow(row)
    relate(clientUsers!, client, user)
    relate(userClients!, user, client)
    relate(modelUsers!, row.rateClass.model, user)
  })
  forEachUsageRow(tally.tables.get('days')!, basisOf, row => {
    const [client = null, day = null] = row.keys
    maps.days.of(day).addRow(row)
    relate(dayClients!, day, client)
  })
  addDurations(tally.tables.get('profileDurations')!, 0, maps.clients)
  addDurations(tally.tables.get('profileDurations')!, 1, maps.profiles)
  addDurations(tally.tables.get('userDurations')!, 1, maps.users)
  addDurations(tally.tables.get('modelDurations')!, 1, maps.models)
  addDurations(tally.tables.get('dayDurations')!, 1, maps.days)
  for (const group of maps.days.groups.values()) total.durations.merge(group.durations)
  return {
    total,
    clients: maps.clients.groups,
    users: maps.users.groups,
    profiles: maps.profiles.groups,
    models: maps.models.groups,
    days: maps.days.groups,
    clientProfiles,
    clientUsers: clientUsers!,
    userClients: userClients!,
    profileClients: profileClients!,
    modelClients: modelClients!,
    modelUsers: modelUsers!,
    modelProviders: modelProviders!,
    dayClients: dayClients!,
    unpriced: unpriced.groups,
  }
}

function groupsOf(map: Map<KeyValue, GroupMap>, key: KeyValue): GroupMap {
  const groups = map.get(key) ?? new GroupMap()
  map.set(key, groups)
  return groups
}

function relate(related: Related, key: KeyValue, other: KeyValue): void {
  const set = related.get(key) ?? new Set()
  related.set(key, set)
  if (other !== null) set.add(other)
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
