// How the access commands show what somebody may see, and until when.
import { seesNothing } from '../../app/access/grant.ts'
import type { ListedToken } from '../../app/access/tokens.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { CommonOptions } from '../command.ts'
import type { Context } from '../context.ts'

/** "diageo, unilever", "all clients", "nothing", or for the role user "anna@diageo.com of diageo". */
export function seesText({ clients, user }: Pick<ListedToken, 'clients' | 'user'>): string {
  const names = clients === '*' ? 'all clients' : clients.join(', ') || 'nothing'
  if (user === null) return names
  return clients === '*' ? user : `${user} of ${names}`
}

export function untilText(expiresAt: string | null): string {
  return expiresAt ?? 'never'
}

/** Names and values of one thing, below each other. */
export function formatFields(fields: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...fields.map(([name]) => name.length))
  return fields.map(([name, value]) => `${name.padEnd(width)}  ${visibleText(value)}`)
}

/** Who gets in and sees nothing was meant to see something. */
export function warnOfNothing(grant: Pick<ListedToken, 'clients'>, options: CommonOptions, context: Context): void {
  if (options.quiet === true || !seesNothing(grant)) return
  context.stderr.write("warning: no clients are named, so nothing is shown; name them with --client, or '*' for all\n")
}
