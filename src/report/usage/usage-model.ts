// The usage of a range in groups, before the usage report orders, cuts and shows it.
import type { BasisOf } from '../../pricing/group-cost.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Tally } from '../../tally/tally.ts'
import type { Group, Groups, KeyedGroup } from '../group/group.ts'
import { RelatedKeys } from '../group/related-keys.ts'
import { addSketches, rollUp, rollUpEach } from '../group/roll-up.ts'

export interface UsageModel {
  readonly total: Group
  readonly clients: Groups
  readonly users: Groups
  readonly profiles: Groups
  readonly models: Groups
  readonly days: Groups
  readonly clientUsers: RelatedKeys
  readonly userClients: RelatedKeys
  readonly profileClients: RelatedKeys
  readonly modelClients: RelatedKeys
  readonly modelUsers: RelatedKeys
  readonly modelProviders: RelatedKeys
  readonly dayClients: RelatedKeys
  /** Their keys are client and profile. */
  profilesOf(client: KeyValue): readonly KeyedGroup[]
}

/** Rolls up a tally of USAGE_GROUP_BYS. */
export function buildUsageModel(tally: Tally, basisOf: BasisOf): UsageModel {
  const tableOf = (name: string) => tally.tables.get(name)!
  const [profileTable, userTable, dayTable] = [tableOf('profiles'), tableOf('users'), tableOf('days')]
  const [clients, profiles, models] = rollUpEach(profileTable, ['client', 'profile', 'model'], basisOf) as Three
  const users = rollUp(userTable, { by: ['user'], basisOf })
  const days = rollUp(dayTable, { by: ['day'], basisOf })
  // Of all tables with clients, that of the models has the fewest rows.
  addSketches(tableOf('modelDurations'), ['client'], clients)
  addSketches(tableOf('profileDurations'), ['profile'], profiles)
  addSketches(tableOf('userDurations'), ['user'], users)
  addSketches(tableOf('modelDurations'), ['model'], models)
  addSketches(tableOf('dayDurations'), ['day'], days)
  let byClient: ReadonlyMap<KeyValue, readonly KeyedGroup[]> | undefined
  return {
    total: models.total(),
    clients,
    users,
    profiles,
    models,
    days,
    clientUsers: new RelatedKeys(userTable, 'client', 'user'),
    userClients: new RelatedKeys(userTable, 'user', 'client'),
    profileClients: new RelatedKeys(profileTable, 'profile', 'client'),
    modelClients: new RelatedKeys(profileTable, 'model', 'client'),
    modelUsers: new RelatedKeys(userTable, 'model', 'user'),
    modelProviders: new RelatedKeys(profileTable, 'model', 'provider'),
    dayClients: new RelatedKeys(dayTable, 'day', 'client'),
    profilesOf(client) {
      byClient ??= rollUp(profileTable, { by: ['client', 'profile'], basisOf }).byFirstKey()
      return byClient.get(client) ?? []
    },
  }
}

type Three = [Groups, Groups, Groups]

export interface DistinctCounts {
  readonly clients: number
  readonly users: number
  readonly profiles: number
  readonly models: number
}

/** How many of each there are. No value is no client: it is not counted as one. */
export function distinctCounts({ clients, users, profiles, models }: UsageModel): DistinctCounts {
  return { clients: clients.named, users: users.named, profiles: profiles.named, models: models.named }
}
