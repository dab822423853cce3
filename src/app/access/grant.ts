// What somebody is given, from what was said: a role, clients, a user name.
import type { ClientScope, Grant, Role } from '../../access/identity.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import type { Instant } from '../../base/zone.ts'

export interface AskedGrant {
  readonly role: Role
  /** Absent: none, but of an admin all, and of a user all in which its own name stands. */
  readonly clients?: readonly string[] | undefined
  readonly user?: string | undefined
}

export function grantOf({ role, clients, user }: AskedGrant): Grant {
  if (role === 'user' && user === undefined) {
    throw new UsageError('user-needed', 'The role user sees one user of the logs, and none is named.', {
      where: { option: 'user' },
      hint: `Name it with ${optionName('user')}.`,
    })
  }
  if (role !== 'user' && user !== undefined) {
    throw new UsageError('user-of-another-role', `${optionName('user')} goes with the role user only.`, {
      where: { option: 'user' },
      hint: `Leave it out, or use ${optionName('role')} user.`,
    })
  }
  return { role, clients: clientsOf(role, clients), user: user ?? null }
}

function clientsOf(role: Role, clients: readonly string[] | undefined): ClientScope {
  if (clients === undefined) return role === 'admin' || role === 'user' ? '*' : []
  const pattern = clients.find(name => name !== '*' && (name.includes('*') || name.startsWith('!') || name === ''))
  if (pattern !== undefined) {
    throw new UsageError('client-is-a-pattern', `${JSON.stringify(pattern)} is no name of a client.`, {
      where: { option: 'client' },
      hint: "Give the names that the logs have, without wildcards, or '*' for all clients.",
    })
  }
  if (role === 'admin' && !clients.includes('*')) {
    throw new UsageError('admin-sees-all', 'An admin sees all clients.', {
      where: { option: 'client' },
      hint: `Leave ${optionName('client')} out, or give the role manager.`,
    })
  }
  if (!clients.includes('*')) return [...new Set(clients)]
  if (clients.length === 1) return '*'
  throw new UsageError(
    'all-clients-and-some',
    `${optionName('client')} * means all clients; name no others beside it.`,
    {
      where: { option: 'client' },
      hint: 'Give either * or names.',
    },
  )
}

/** Whether somebody gets in and is shown nothing, because no client was named. */
export function seesNothing({ clients }: Pick<Grant, 'clients'>): boolean {
  return clients.length === 0
}

/** A hundred years, as leap years go: a year of five digits is no instant that can be stored. */
const LONGEST_MS = 36_525 * 86_400_000

/** The end of a time that begins now, as text; null for none. */
export function endOf(ms: number | null, now: Instant): string | null {
  if (ms === null) return null
  if (ms > 0 && ms <= LONGEST_MS) return instantText((now + ms) as Instant)
  throw new UsageError('bad-expiry', 'It cannot be good for so long, or for no time.', {
    where: { option: 'expires' },
    hint: 'Give up to a hundred years, such as 12h, 90d or 12w.',
  })
}

export function instantText(instant: Instant): string {
  return formatInstantUtc((Math.floor(instant / 1000) * 1000) as Instant)
}
