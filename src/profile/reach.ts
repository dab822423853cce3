// Which profiles somebody may change who may not see all clients: those that concern only their own clients.
import type { ErrorProblem } from '../base/errors.ts'
import { type Clients, usersOf } from './clients.ts'
import type { Profile } from './profile.ts'

/** The clients that somebody is in charge of; undefined for all. */
export type Reach = readonly string[] | undefined

/** The clients that may be named. Others are as if they were not there. */
export function clientsInReach(clients: Clients, reach: Reach): ReadonlySet<string> {
  const known = [...clients.all.keys()]
  return new Set(reach === undefined ? known : known.filter(client => reach.includes(client)))
}

/** Whether all who may see a version, and all who use any version of the profile, are in reach. */
export function isInReach(clients: Clients, { profile, value }: Pick<Profile, 'profile' | 'value'>, reach: Reach) {
  if (reach === undefined) return true
  const { visibility, visible_to_clients: named } = value
  const users = usersOf(clients, { profile, version: undefined }).map(({ client }) => client)
  return (
    visibility === 'client_specific' &&
    Array.isArray(named) &&
    [...named, ...users].every(client => typeof client === 'string' && reach.includes(client))
  )
}

/** What is wrong where it is not. Says nothing of who the others are. */
export function findOutOfReach(
  clients: Clients,
  version: Pick<Profile, 'profile' | 'value'>,
  reach: Reach,
): ErrorProblem[] {
  if (isInReach(clients, version, reach)) return []
  return [{ message: 'must be "client_specific", for clients of yours alone', where: { path: 'visibility' } }]
}
