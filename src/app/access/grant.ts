// From the options to a grant: a role, clients, a user name.
import type { ClientScope, Grant, Role } from '../../access/identity.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import type { Instant } from '../../base/zone.ts'

export interface AskedGrant {
  readonly role: Role
  /** Absent: no clients; but for an admin all, and for the role user all that have events of its own name. */
  readonly clients?: readonly string[] | undefined
  readonly user?: string | undefined
}

export function grantOf({ role, clients, user }: AskedGrant): Grant {
  if (role === 'user' && user === undefined) {
    throw new UsageError('user-needed', 'The role user sees one user in the logs, but none was given.', {
      where: { option: 'user' },
      hint: `Name it with ${optionName('user')}.`,
    })
  }
  if (role !== 'user' && user !== undefined) {
    throw new UsageError('user-of-another-role', `${optionName('user')} only works with the role user.`, {
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
    throw new UsageError('client-is-a-pattern', `${JSON.stringify(pattern)} is not the name of a client.`, {
      where: { option: 'client' },
      hint: "Give the names as they are in the logs, without wildcards, or '*' for all clients.",
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
    `${optionName('client')} * means all clients; it cannot be combined with names.`,
    {
      where: { option: 'client' },
      hint: 'Give either * or names, not both.',
    },
  )
}

/** Whether somebody can log in but sees nothing, because no client was given. */
export function seesNothing({ clients }: Pick<Grant, 'clients'>): boolean {
  return clients.length === 0
}

/** A hundred years with their leap days. There must be a limit: an instant in a year of five digits cannot be stored. */
const LONGEST_MS = 36_525 * 86_400_000

/** When a lifetime that begins now ends, as text; null for never. */
export function endOf(ms: number | null, now: Instant): string | null {
  if (ms === null) return null
  if (ms > 0 && ms <= LONGEST_MS) return instantText((now + ms) as Instant)
  throw new UsageError('bad-expiry', 'The lifetime must be more than zero and at most a hundred years.', {
    where: { option: 'expires' },
    hint: 'Give hours, days or weeks, such as 12h, 90d or 12w.',
  })
}

export function instantText(instant: Instant): string {
  return formatInstantUtc((Math.floor(instant / 1000) * 1000) as Instant)
}
