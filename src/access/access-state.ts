// The content of `.usagebook/access.json`: tokens, users, links and sessions. Of secrets it has only hashes.
import * as z from 'zod'
import { ROLES } from './identity.ts'

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** As `hashPassword` writes it. */
const passwordHash = z.string().regex(/^scrypt(\$[1-9]\d{0,8}){3}\$[A-Za-z0-9+/]+=*\$[A-Za-z0-9+/]+=*$/)

const grant = {
  role: z.enum(ROLES),
  clients: z.union([z.literal('*'), z.array(z.string())]),
  /** The name in the logs, for the role `user`. */
  user: z.string().nullable(),
}

const token = z.object({
  id: z.string(),
  name: z.string().nullable(),
  sha256: hash,
  ...grant,
  createdAt: instant,
  createdBy: z.string(),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
})

const user = z.object({
  name: z.string(),
  ...grant,
  /** Null if the user logs in only through the proxy or with a JWT. */
  password: passwordHash.nullable(),
  createdAt: instant,
  createdBy: z.string(),
})

const link = z.object({
  id: z.string(),
  sha256: hash,
  name: z.string().nullable(),
  clients: grant.clients,
  report: z.string(),
  parameters: z.record(z.string(), z.array(z.string())),
  createdAt: instant,
  createdBy: z.string(),
  expiresAt: instant,
  revokedAt: instant.nullable(),
})

const session = z.object({
  sha256: hash,
  /** The user who logged in; null for a session opened by a login link. */
  name: z.string().nullable(),
  actor: z.string(),
  ...grant,
  createdAt: instant,
  expiresAt: instant,
})

const loginLink = z.object({ sha256: hash, actor: z.string(), createdAt: instant, expiresAt: instant })

const auditLine = z.looseObject({
  at: instant,
  seq: z.int(),
  actor: z.string(),
  action: z.string(),
  requestId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).optional(),
})

export const accessSchema = z.object({
  version: z.literal(1),
  /** Raised with each change. */
  seq: z.int().min(0),
  /** The audit lines of the last change, in case the process ended before they were appended to the audit. */
  last: z.array(auditLine),
  tokens: z.array(token),
  users: z.array(user),
  links: z.array(link),
  sessions: z.array(session),
  loginLinks: z.array(loginLink),
})

export type AccessState = z.infer<typeof accessSchema>
export type AccessToken = z.infer<typeof token>
export type AccessUser = z.infer<typeof user>
export type ShareLink = z.infer<typeof link>
export type Session = z.infer<typeof session>
export type LoginLink = z.infer<typeof loginLink>
export type AccessAuditLine = z.infer<typeof auditLine>

export const NO_ACCESS: AccessState = {
  version: 1,
  seq: 0,
  last: [],
  tokens: [],
  users: [],
  links: [],
  sessions: [],
  loginLinks: [],
}

/** Whether something that expires at this time (null: never) has expired; it has at that very instant. */
export function isOver(expiresAt: string | null, now: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now
}

/** Whether anybody could log in at all; without a time, expired tokens count too. */
export function hasAccess(
  { tokens, users }: Pick<AccessState, 'tokens' | 'users'>,
  now = Number.NEGATIVE_INFINITY,
): boolean {
  return tokens.some(({ revokedAt, expiresAt }) => revokedAt === null && !isOver(expiresAt, now)) || users.length > 0
}
