// The shapes of requests and answers about tokens, users and links.
import * as z from 'zod'
import { ROLES } from '../../access/identity.ts'

const role = z.enum(ROLES)
const text = z.string()
const instant = text.nullable()
const seen = z.union([z.literal('*'), z.array(text)])
const state = z.enum(['active', 'expired', 'revoked'])
export const client = z
  .union([text, z.array(text)])
  .optional()
  .describe('names of clients, or "*" for all')

export const token = {
  id: text,
  name: text.nullable(),
  role,
  clients: seen,
  user: text.nullable(),
  createdAt: text,
  createdBy: text,
  expiresAt: instant,
  revokedAt: instant,
  lastUsedAt: instant,
  state,
}
export const user = z.strictObject({
  name: text,
  role,
  clients: seen,
  user: text.nullable(),
  hasPassword: z.boolean(),
  createdAt: text,
  createdBy: text,
})
export const link = {
  id: text,
  name: text.nullable(),
  report: text,
  clients: seen,
  parameters: z.record(text, z.array(text)),
  createdAt: text,
  createdBy: text,
  expiresAt: text,
  revokedAt: instant,
  state,
}
export const entry = z.looseObject({ at: text, seq: z.int(), actor: text, action: text, requestId: text.nullable() })

export const grant = {
  role,
  client,
  user: text.optional().describe('for the role user: whose activity it is, as the logs name them'),
}

export const identity = z.strictObject({
  actor: text,
  role,
  clients: seen,
  user: text.nullable(),
  via: z.enum(['token', 'session', 'link', 'proxy', 'jwt']),
})
