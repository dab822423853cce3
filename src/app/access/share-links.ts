// Share links: a report for somebody without a login, read-only, for a limited time, locked to filters and clients.
import { changeAccess, readAccess } from '../../access/access-file.ts'
import type { AccessHome } from '../../access/access-home.ts'
import { isOver, type ShareLink } from '../../access/access-state.ts'
import type { ClientScope } from '../../access/identity.ts'
import { makeSecret, sha256Of } from '../../access/secret-text.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { REPORT_NAMES } from '../../report/catalogue.ts'
import { endOf, grantOf, instantText } from './grant.ts'
import type { Asker } from './home.ts'
import { checkLinkParameters } from './link-parameters.ts'
import { findNamed, freeId, nameOf } from './names.ts'
import { action } from './tokens.ts'

export interface LinkRequest extends Asker {
  readonly name?: string | undefined
  /** The name of a report; absent: the dashboard. */
  readonly report?: string | undefined
  readonly clients: ClientScope
  /** By the names of the flags. */
  readonly parameters?: Readonly<Record<string, readonly string[]>> | undefined
  readonly expiresInMs: number
}

export interface ListedLink {
  readonly id: string
  readonly name: string | null
  readonly report: string
  readonly clients: ClientScope
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly state: 'active' | 'expired' | 'revoked'
}

export interface CreatedLink extends ListedLink {
  /** The path to append to the server's address: `/share/SECRET`. */
  readonly path: string
}

/** How long a link is valid by default. */
export const LINK_MS = 30 * 86_400_000

export async function createLink(request: LinkRequest, home: AccessHome): Promise<CreatedLink> {
  const report = request.report ?? 'dashboard'
  if (report !== 'dashboard' && !REPORT_NAMES.includes(report)) {
    throw new UsageError('unknown-report', `There is no report ${JSON.stringify(report)}.`, {
      where: { option: 'report' },
      hint: `Use one of dashboard, ${REPORT_NAMES.join(', ')}.`,
    })
  }
  const name = nameOf(request.name)
  const clients = clientsOf(request.clients)
  const now = home.now()
  const parameters = checkLinkParameters(report, request.parameters ?? {}, now)
  const expiresAt = endOf(request.expiresInMs, now)!
  const secret = makeSecret()
  return await changeAccess(home, state => {
    const link: ShareLink = {
      id: freeId(
        state.links.map(({ id }) => id),
        'l',
      ),
      sha256: sha256Of(secret),
      name,
      clients,
      report,
      parameters,
      createdAt: instantText(now),
      createdBy: request.by,
      expiresAt,
      revokedAt: null,
    }
    return {
      state: { ...state, links: [...state.links, link] },
      audit: [action(request, 'link.create', { link: link.id, name, clients, report, parameters, expiresAt })],
      answer: { ...listed(link, now), path: `/share/${secret}` },
    }
  })
}

export function listLinks(home: AccessHome): { readonly links: readonly ListedLink[] } {
  return { links: readAccess(home).links.map(link => listed(link, home.now())) }
}

export async function revokeLink(request: Asker & { readonly id: string }, home: AccessHome): Promise<ListedLink> {
  const now = home.now()
  return await changeAccess(home, state => {
    const link = findNamed(state.links, request.id)
    if (link === undefined) {
      throw new UsageError('unknown-link', `There is no link ${JSON.stringify(request.id)}.`, {
        hint: 'See "usagebook access link list".',
      })
    }
    const revoked = { ...link, revokedAt: link.revokedAt ?? instantText(now) }
    return {
      state: { ...state, links: state.links.map(one => (one === link ? revoked : one)) },
      audit: link.revokedAt === null ? [action(request, 'link.revoke', { link: link.id, name: link.name })] : [],
      answer: listed(revoked, now),
    }
  })
}

function listed({ sha256: _, ...link }: ShareLink, now: number): ListedLink {
  return { ...link, state: link.revokedAt !== null ? 'revoked' : isOver(link.expiresAt, now) ? 'expired' : 'active' }
}

function clientsOf(asked: ClientScope): '*' | string[] {
  const { clients } = grantOf({ role: 'viewer', clients: asked === '*' ? ['*'] : asked })
  if (clients === '*') return '*'
  if (clients.length > 0) return [...clients]
  throw new UsageError('link-shows-nothing', 'A link shows only the clients that it names, but none was given.', {
    where: { option: 'client' },
    hint: `Name them with ${optionName('client')}, or all with ${optionName('client')} '*'.`,
  })
}
