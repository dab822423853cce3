// Tokens: making, listing and revoking them. A token is shown once, when it is made.

import { changeAccess, readAccess } from '../../access/access-file.ts'
import { type AccessHome, pathsOf } from '../../access/access-home.ts'
import { type AccessToken, isOver } from '../../access/access-state.ts'
import type { ClientScope, Role } from '../../access/identity.ts'
import { makeToken, sha256Of } from '../../access/secret-text.ts'
import { readTokenUses } from '../../access/token-uses.ts'
import { UsageError } from '../../base/errors.ts'
import { type AskedGrant, endOf, grantOf, instantText } from './grant.ts'
import type { Asker } from './home.ts'
import { findNamed, freeId, nameOf } from './names.ts'

export interface TokenRequest extends AskedGrant, Asker {
  readonly name?: string | undefined
  /** How long it is valid; null for ever. */
  readonly expiresInMs?: number | null | undefined
}

export interface ListedToken {
  readonly id: string
  readonly name: string | null
  readonly role: Role
  readonly clients: ClientScope
  readonly user: string | null
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
  readonly state: 'active' | 'expired' | 'revoked'
}

export interface CreatedToken extends ListedToken {
  /** The token itself, which is stored nowhere. */
  readonly token: string
}

export async function createToken(request: TokenRequest, home: AccessHome): Promise<CreatedToken> {
  const grant = grantOf(request)
  const name = nameOf(request.name)
  const text = makeToken()
  const now = home.now()
  return await changeAccess(home, state => {
    const token: AccessToken = {
      id: freeId(
        state.tokens.map(({ id }) => id),
        't',
      ),
      name,
      sha256: sha256Of(text),
      role: grant.role,
      clients: grant.clients === '*' ? '*' : [...grant.clients],
      user: grant.user,
      createdAt: instantText(now),
      createdBy: request.by,
      expiresAt: endOf(request.expiresInMs ?? null, now),
      revokedAt: null,
    }
    return {
      state: { ...state, tokens: [...state.tokens, token] },
      audit: [action(request, 'token.create', { token: token.id, name, ...grant, expiresAt: token.expiresAt })],
      answer: { ...listed(token, now, {}), token: text },
    }
  })
}

export function listTokens(home: AccessHome): { readonly tokens: readonly ListedToken[] } {
  const uses = readTokenUses(pathsOf(home).uses)
  return { tokens: readAccess(home).tokens.map(token => listed(token, home.now(), uses)) }
}

export async function revokeToken(request: Asker & { readonly id: string }, home: AccessHome): Promise<ListedToken> {
  const now = home.now()
  const uses = readTokenUses(pathsOf(home).uses)
  return await changeAccess(home, state => {
    const token = findNamed(state.tokens, request.id)
    if (token === undefined) {
      throw new UsageError('unknown-token', `There is no token ${JSON.stringify(request.id)}.`, {
        hint: 'See "usagebook access token list".',
      })
    }
    const revoked = { ...token, revokedAt: token.revokedAt ?? instantText(now) }
    return {
      state: { ...state, tokens: state.tokens.map(one => (one === token ? revoked : one)) },
      audit: token.revokedAt === null ? [action(request, 'token.revoke', { token: token.id, name: token.name })] : [],
      answer: listed(revoked, now, uses),
    }
  })
}

function listed(token: AccessToken, now: number, uses: Readonly<Record<string, string>>): ListedToken {
  const { sha256: _, ...rest } = token
  return {
    ...rest,
    lastUsedAt: uses[token.id] ?? null,
    state: token.revokedAt !== null ? 'revoked' : isOver(token.expiresAt, now) ? 'expired' : 'active',
  }
}

/** An audit entry about something that somebody asked for. */
export function action(
  { by, requestId }: Asker,
  name: string,
  detail: Readonly<Record<string, unknown>>,
): { actor: string; action: string; requestId: string | null; detail: Readonly<Record<string, unknown>> } {
  return { actor: by, action: name, requestId: requestId ?? null, detail }
}
