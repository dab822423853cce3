// Logging in with a browser: login links that work once, names with passwords, and the sessions that follow.
import { changeAccess, readAccess } from '../../access/access-file.ts'
import type { AccessHome } from '../../access/access-home.ts'
import { type AccessState, isOver, type Session } from '../../access/access-state.ts'
import type { Grant } from '../../access/identity.ts'
import { isPassword } from '../../access/password.ts'
import { makeSecret, sha256Of } from '../../access/secret-text.ts'
import { endOf, instantText } from './grant.ts'
import type { Asker } from './home.ts'
import { action } from './tokens.ts'

const LOGIN_LINK_MS = 10 * 60_000
export const SESSION_MS = 12 * 3_600_000
/** Sessions of one actor; one more ends the oldest, so that a program that logs in again and again does not fill the file. */
const MOST_SESSIONS = 100

export interface OpenedSession {
  /** The value of the cookie; it is stored nowhere. */
  readonly secret: string
  readonly actor: string
  readonly expiresAt: string
}

/** A path that logs a browser in as an admin, once and within ten minutes. */
export async function createLoginLink(request: Asker, home: AccessHome): Promise<{ path: string; expiresAt: string }> {
  const secret = makeSecret()
  const now = home.now()
  const expiresAt = endOf(LOGIN_LINK_MS, now)!
  return await changeAccess(home, state => ({
    state: {
      ...state,
      loginLinks: [
        ...state.loginLinks.filter(link => !isOver(link.expiresAt, now)),
        { sha256: sha256Of(secret), actor: request.by, createdAt: instantText(now), expiresAt },
      ],
    },
    audit: [action(request, 'login-link.create', { expiresAt })],
    answer: { path: `/login/${secret}`, expiresAt },
  }))
}

/** The session that a login link opens; undefined if the link was used, has expired, or never existed. */
export async function useLoginLink(
  { secret, requestId }: { readonly secret: string; readonly requestId: string },
  home: AccessHome,
): Promise<OpenedSession | undefined> {
  const sha256 = sha256Of(secret)
  // Checked before taking the lock, so that guesses do not keep others waiting for it.
  if (!readAccess(home).loginLinks.some(link => link.sha256 === sha256)) return undefined
  const now = home.now()
  return await changeAccess(home, state => {
    const link = state.loginLinks.find(one => one.sha256 === sha256)
    // Somebody else used it at this very moment.
    if (link === undefined) return { audit: [], answer: undefined }
    const loginLinks = state.loginLinks.filter(one => one !== link && !isOver(one.expiresAt, now))
    if (isOver(link.expiresAt, now)) {
      const refused = action({ by: link.actor, requestId }, 'login.refused', { how: 'link' })
      return { state: { ...state, loginLinks }, audit: [refused], answer: undefined }
    }
    const grant: Grant = { role: 'admin', clients: '*', user: null }
    return openSession({ ...state, loginLinks }, { actor: link.actor, name: null, grant, requestId, how: 'link' }, now)
  })
}

/** The session for a name and its password; undefined if they are wrong. */
export async function logIn(
  request: { readonly name: string; readonly password: string; readonly requestId: string },
  home: AccessHome,
): Promise<OpenedSession | undefined> {
  const { name, password, requestId } = request
  const known = readAccess(home).users.find(user => user.name === name)
  const isRight = await isPassword(password, known?.password ?? null)
  const now = home.now()
  return await changeAccess(home, state => {
    const user = state.users.find(one => one.name === name)
    // The password may have been changed while it was being checked.
    if (!isRight || user === undefined || user.password !== known?.password) {
      // If no user has this name, it may be a password typed into the wrong field.
      const by = user === undefined ? 'nobody' : name
      const refused = action({ by, requestId }, 'login.refused', { how: 'password' })
      return { audit: [refused], answer: undefined }
    }
    return openSession(state, { actor: name, name, grant: user, requestId, how: 'password' }, now)
  })
}

interface Opening {
  readonly actor: string
  readonly name: string | null
  readonly grant: Grant
  readonly requestId: string
  readonly how: 'link' | 'password'
}

function openSession(
  state: AccessState,
  { actor, name, grant, requestId, how }: Opening,
  now: ReturnType<AccessHome['now']>,
) {
  const secret = makeSecret()
  const session: Session = {
    sha256: sha256Of(secret),
    name,
    actor,
    role: grant.role,
    clients: grant.clients === '*' ? '*' : [...grant.clients],
    user: grant.user,
    createdAt: instantText(now),
    expiresAt: endOf(SESSION_MS, now)!,
  }
  const open = state.sessions.filter(one => !isOver(one.expiresAt, now))
  const own = open.filter(one => one.name === name && one.actor === actor)
  const oldest = own.slice(0, Math.max(0, own.length + 1 - MOST_SESSIONS))
  const sessions = [...open.filter(one => !oldest.includes(one)), session]
  return {
    state: { ...state, sessions },
    audit: [action({ by: actor, requestId }, 'login', { how, role: grant.role })],
    answer: { secret, actor, expiresAt: session.expiresAt },
  }
}

/** Ends the session that a cookie belongs to. */
export async function logOut(request: Asker & { readonly secret: string }, home: AccessHome): Promise<void> {
  const sha256 = sha256Of(request.secret)
  await changeAccess(home, state => {
    const sessions = state.sessions.filter(one => one.sha256 !== sha256)
    const isThere = sessions.length < state.sessions.length
    return isThere
      ? { state: { ...state, sessions }, audit: [action(request, 'logout', {})], answer: undefined }
      : { audit: [], answer: undefined }
  })
}
