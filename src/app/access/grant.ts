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

/** The end of a time that begins now, as text; null for none. */
export function endOf(ms: number | null, now: Instant): string | null {
  return ms === null ? null : instantText((now + ms) as Instant)
}

export function instantText(instant: Instant): string {
  return formatInstantUtc((Math.floor(instant / 1000) * 1000) as Instant)
}
