// Who may log in: tokens, users, share links and their audit, for admins; and for everybody, who they are.
import * as z from 'zod'
import type { Role } from '../../access/identity.ts'
import { AUDIT_ENTRIES, readAccessLog } from '../../app/access/audit.ts'
import { AUDIT, LINK, TOKEN } from '../../app/access/parameters.ts'
import { createLink, LINK_MS, listLinks, revokeLink } from '../../app/access/share-links.ts'
import { createToken, listTokens, revokeToken } from '../../app/access/tokens.ts'
import { addUser, listUsers, removeUser, setPassword } from '../../app/access/users.ts'
import { client, entry, grant, identity, link, token, user } from '../resources/access-answers.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import { repeatable } from '../resources/repeatable.ts'
import { askerOf, type Call, type Route } from '../route.ts'

const ADMIN = ['admin'] as const
const EVERYBODY = ['admin', 'manager', 'viewer', 'user'] as const
const group = 'Access'
const text = z.string()

interface AskedGrant {
  readonly role: Role
  readonly client?: string | readonly string[]
  readonly user?: string
}

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/identity',
    roles: EVERYBODY,
    summary: 'who you are, and what you may see',
    group,
    answer: identity,
    async handle(call) {
      const { actor, role, clients, user, via } = askerOf(call)
      return { json: { actor, role, clients, user, via } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/access/tokens',
    roles: ADMIN,
    summary: 'the tokens of programs',
    group,
    parameters: PAGE,
    answer: z.strictObject({ tokens: z.array(z.strictObject(token)), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, listTokens(call.services.access).tokens)
      return { json: { tokens: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/access/tokens',
    roles: ADMIN,
    summary: 'make a token, which is shown only once',
    group,
    body: z.strictObject({
      ...grant,
      name: text.optional(),
      expires: text.optional().describe('how long it is valid: 12h, 90d, 12w; by default it never expires'),
    }),
    answer: z.strictObject({ ...token, token: text }),
    status: 201,
    async handle(call) {
      const { name, expires, ...asked } = call.body as AskedGrant & { name?: string; expires?: string }
      const expiresInMs = expires === undefined ? null : TOKEN.expires.parse(expires, 'expires')
      const json = await createToken({ ...askedOf(call, asked), name, expiresInMs }, call.services.access)
      return { json, headers: locationOf(call, json.id) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/access/tokens/:id',
    roles: ADMIN,
    summary: 'revoke a token',
    group,
    answer: z.strictObject(token),
    handle: async call => ({ json: await revokeToken({ ...askerIn(call), id: call.path.id! }, call.services.access) }),
  },
  {
    method: 'GET',
    path: '/api/v1/access/users',
    roles: ADMIN,
    summary: 'the users who can log in',
    group,
    parameters: PAGE,
    answer: z.strictObject({ users: z.array(user), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, listUsers(call.services.access).users)
      return { json: { users: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/access/users',
    roles: ADMIN,
    summary: 'add a user; without a password they log in by a link, the proxy or a JWT',
    group,
    body: z.strictObject({ ...grant, name: text, password: text.optional() }),
    answer: user,
    status: 201,
    async handle(call) {
      const { name, password, ...asked } = call.body as AskedGrant & { name: string; password?: string }
      const json = await addUser({ ...askedOf(call, asked), name, password }, call.services.access)
      return { json, headers: locationOf(call, name) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/access/users/:name',
    roles: ADMIN,
    summary: "remove a user, which ends the user's sessions",
    group,
    answer: user,
    handle: async call => ({
      json: await removeUser({ ...askerIn(call), name: call.path.name! }, call.services.access),
    }),
  },
  {
    method: 'PUT',
    path: '/api/v1/access/users/:name/password',
    roles: ADMIN,
    summary: "set a user's new password, which ends the user's sessions",
    group,
    body: z.strictObject({ password: text }),
    answer: user,
    async handle(call) {
      const { password } = call.body as { readonly password: string }
      return {
        json: await setPassword({ ...askerIn(call), name: call.path.name!, password }, call.services.access),
      }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/access/links',
    roles: ADMIN,
    summary: 'the share links',
    group,
    parameters: PAGE,
    answer: z.strictObject({ links: z.array(z.strictObject(link)), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, listLinks(call.services.access).links)
      return { json: { links: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/access/links',
    roles: ADMIN,
    summary: 'make a link to a report for somebody without a login; it is shown only once',
    group,
    body: z.strictObject({
      name: text.optional(),
      report: text.optional().describe('the report that it shows; default the dashboard'),
      client,
      parameters: z.record(text, z.array(text)).optional().describe('range and filters by the names of flags'),
      expires: text.optional().describe('how long it is valid: 12h, 90d, 12w; default 30d'),
    }),
    answer: z.strictObject({ ...link, path: text }),
    status: 201,
    async handle(call) {
      const {
        client: clients,
        expires,
        ...asked
      } = call.body as {
        client?: string | readonly string[]
        expires?: string
        name?: string
        report?: string
        parameters?: Readonly<Record<string, readonly string[]>>
      }
      const expiresInMs = expires === undefined ? LINK_MS : LINK.expires.parse(expires, 'expires')
      const request = { ...askerIn(call), ...asked, clients: listed(clients) ?? [], expiresInMs }
      const json = await createLink(request, call.services.access)
      return { json, headers: locationOf(call, json.id) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/access/links/:id',
    roles: ADMIN,
    summary: 'revoke a share link',
    group,
    answer: z.strictObject(link),
    handle: async call => ({ json: await revokeLink({ ...askerIn(call), id: call.path.id! }, call.services.access) }),
  },
  {
    method: 'GET',
    path: '/api/v1/access/log',
    roles: ADMIN,
    summary: 'who logged in and what was done, the newest last',
    group,
    parameters: AUDIT,
    answer: z.strictObject({ entries: z.array(entry), unreadableLines: z.int() }),
    async handle({ options, services }) {
      const { limit = AUDIT_ENTRIES } = options as { readonly limit?: number }
      return { json: readAccessLog(limit, services.access) }
    },
  },
]

export const ACCESS_ROUTES: readonly Route[] = ROUTES.map(repeatable)

function askerIn(call: Call) {
  return { by: askerOf(call).actor, requestId: call.requestId }
}

function askedOf(call: Call, { role, client, user }: AskedGrant) {
  return { ...askerIn(call), role, clients: listed(client), user }
}

function listed(client: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof client === 'string' ? [client] : client
}

function locationOf({ url }: Call, id: string): Readonly<Record<string, string>> {
  return { Location: `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(id)}` }
}
