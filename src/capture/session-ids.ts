// Session ids from a cookie or header: the value itself is as good as a password, so the log gets a hash of it. After
// an idle time the same value begins a new session.
import { rememberLast } from './remember.ts'

export interface SessionSource {
  /** The cookie or the header whose value stays the same during a session. */
  readonly cookie?: string | undefined
  readonly header?: string | undefined
  /** Milliseconds without a request after which a session is over. Default 30 minutes. */
  readonly idleMs?: number | undefined
}

interface OpenSession {
  readonly id: string
  lastMs: number
}

const IDLE_MS = 30 * 60_000
const MAX_SESSIONS = 10_000

/** A function from the value of a request and the time to the id of its session. Remembers the sessions seen last. */
export function sessionIds(
  idleMs: number = IDLE_MS,
  hash: (text: string) => string,
): (value: string, nowMs: number) => string {
  const sessions = new Map<string, OpenSession>()
  const hashed = rememberLast(MAX_SESSIONS, hash)
  return (value, nowMs) => {
    const key = hashed(value)
    const known = sessions.get(key)
    const session =
      known !== undefined && nowMs - known.lastMs < idleMs
        ? known
        : { id: `${key}.${Math.floor(nowMs / 1000).toString(36)}`, lastMs: nowMs }
    session.lastMs = Math.max(session.lastMs, nowMs)
    // Taken out and put back, a session is the last of the map, and the first of it is the one idle for longest.
    sessions.delete(key)
    sessions.set(key, session)
    if (sessions.size > MAX_SESSIONS) sessions.delete(sessions.keys().next().value!)
    return session.id
  }
}

/** The value of a cookie in a Cookie header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (const part of header.split(';')) {
    const equals = part.indexOf('=')
    if (equals !== -1 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || undefined
  }
  return undefined
}
