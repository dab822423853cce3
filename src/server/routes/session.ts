// Logging in by a link or a password, and out again.
import * as z from 'zod'
import { PasswordsBusy } from '../../access/password.ts'
import { logIn, logOut, type OpenedSession, SESSION_MS, useLoginLink } from '../../app/access/logins.ts'
import { readCookie, sessionCookie } from '../guard/cookies.ts'
import { ProblemError } from '../problem.ts'
import type { Call, Reply, Route } from '../route.ts'

const opened = z.object({ status: z.literal('success'), user: z.string(), expiresAt: z.string() })

export const SESSION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/login/:secret',
    roles: ['anybody'],
    summary: 'log in by a link, which works once',
    group: 'Session',
    redirects: true,
    async handle(call) {
      const { services, requestId, passed } = call
      const keys = [`address ${passed.address}`]
      refuseGuessing(call, keys)
      // Programs that fetch a link to preview it would use it up.
      if (call.method === 'HEAD') return {}
      const session = await useLoginLink({ secret: call.path.secret!, requestId }, services.access)
      if (session === undefined) {
        services.throttle.refuse(keys, services.host.now())
        throw new ProblemError({
          status: 401,
          code: 'login-link-over',
          title: 'This link was used or has expired.',
          hint: 'Ask the person who runs this server for another.',
        })
      }
      return withSession(call, session, { status: 303, headers: { Location: services.settings.basePath } })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/session',
    roles: ['anybody'],
    summary: 'log in with a name and a password',
    group: 'Session',
    body: z.strictObject({ name: z.string().min(1).max(200), password: z.string().min(1).max(1024) }),
    answer: opened,
    async handle(call) {
      const { name, password } = call.body as { name: string; password: string }
      const session = await logInByPassword(call, name, password)
      const json = { status: 'success', user: session.actor, expiresAt: session.expiresAt }
      return withSession(call, session, { json })
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/session',
    roles: ['anybody'],
    summary: 'log out',
    group: 'Session',
    status: 204,
    async handle(call) {
      return { headers: await logOutOf(call) }
    },
  },
]

/** What is no right name and password is refused, and slower each time. */
export async function logInByPassword(call: Call, name: string, password: string): Promise<OpenedSession> {
  const { services, requestId, passed } = call
  const keys = [`address ${passed.address}`, `name ${name}`]
  refuseGuessing(call, keys)
  const session = await checkPassword(call, name, password, requestId)
  if (session === undefined) {
    services.throttle.refuse(keys, services.host.now())
    throw new ProblemError({ status: 401, code: 'wrong-password', title: 'The name or the password is wrong.' })
  }
  services.throttle.forgive(keys)
  return session
}

/** Ends the session of who asks. The answer is the headers with which the browser forgets it. */
export async function logOutOf({
  services,
  headers,
  identity,
  passed,
  requestId,
}: Call): Promise<{ 'Set-Cookie': string }> {
  const cookie = services.cookie(passed.isHttps)
  const secret = readCookie(headers.get('cookie') ?? undefined, cookie.name)
  if (secret !== undefined && identity !== undefined) {
    await logOut({ secret, by: identity.actor, requestId }, services.access)
  }
  return { 'Set-Cookie': sessionCookie('', 0, cookie) }
}

async function checkPassword({ services }: Call, name: string, password: string, requestId: string) {
  try {
    return await logIn({ name, password, requestId }, services.access)
  } catch (error) {
    if (!(error instanceof PasswordsBusy)) throw error
    throw tooMany(1000)
  }
}

function refuseGuessing({ services }: Call, keys: readonly string[]): void {
  const waitMs = services.throttle.waitOf(keys, services.host.now())
  if (waitMs > 0) throw tooMany(waitMs)
}

function tooMany(waitMs: number): ProblemError {
  return new ProblemError(
    { status: 429, code: 'too-many-logins', title: 'Too many logins were refused.', hint: 'Wait and try again.' },
    { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
  )
}

/** A reply with the cookie of a session. */
export function withSession({ services, passed }: Call, { secret }: OpenedSession, reply: Reply): Reply {
  const cookie = sessionCookie(secret, SESSION_MS / 1000, services.cookie(passed.isHttps))
  return { ...reply, headers: { ...reply.headers, 'Set-Cookie': cookie } }
}
