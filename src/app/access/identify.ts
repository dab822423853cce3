// Whom a token, a cookie or a share link stands for, at this moment. The state is read again where its file changed, so that
// what was revoked elsewhere is refused at the next request.
import { accessStamp, readAccess } from '../../access/access-file.ts'
import { type AccessHome, pathsOf } from '../../access/access-home.ts'
import { type AccessState, hasAccess, isOver } from '../../access/access-state.ts'
import type { Identity } from '../../access/identity.ts'
import { isTokenText, sha256Of } from '../../access/secret-text.ts'
import { writeTokenUses } from '../../access/token-uses.ts'
import { systemCode } from '../../base/errors.ts'
import { instantText } from './grant.ts'

/** How old the last use of a token may be that is stored. */
const USES_EVERY_MS = 60_000

export class Doorkeeper {
  private readonly home: AccessHome
  private state: AccessState | undefined
  private stamp: string | undefined
  /** When the use of a token was stored last, by its id. */
  private readonly noted = new Map<string, number>()

  constructor(home: AccessHome) {
    this.home = home
  }

  /** Whether anybody could come in. */
  get hasAccess(): boolean {
    return hasAccess(this.now(), this.home.now())
  }

  byToken(text: string): Identity | undefined {
    if (!isTokenText(text)) return undefined
    const sha256 = sha256Of(text)
    const token = this.now().tokens.find(one => one.sha256 === sha256)
    if (token === undefined || token.revokedAt !== null || this.isOver(token.expiresAt)) return undefined
    this.noteUse(token.id)
    const { role, clients, user } = token
    return { role, clients, user, actor: actorOf('token', token), via: 'token' }
  }

  bySession(secret: string): Identity | undefined {
    const sha256 = sha256Of(secret)
    const session = this.now().sessions.find(one => one.sha256 === sha256)
    if (session === undefined || this.isOver(session.expiresAt)) return undefined
    if (session.name === null) return { ...grantOf(session), actor: session.actor, via: 'session' }
    // What the user may now, which may be less than at the login.
    return this.byName(session.name, 'session')
  }

  byName(name: string, via: 'session' | 'proxy' | 'jwt'): Identity | undefined {
    const user = this.now().users.find(one => one.name === name)
    return user === undefined ? undefined : { ...grantOf(user), actor: user.name, via }
  }

  byLink(secret: string): Identity | undefined {
    const sha256 = sha256Of(secret)
    const link = this.now().links.find(one => one.sha256 === sha256)
    if (link === undefined || link.revokedAt !== null || this.isOver(link.expiresAt)) return undefined
    return {
      role: 'viewer',
      clients: link.clients,
      user: null,
      actor: actorOf('link', link),
      via: 'link',
      locked: { report: link.report, parameters: link.parameters },
    }
  }

  // The stamp first: what is written between the two is read again at the next request.
  private now(): AccessState {
    const stamp = accessStamp(this.home)
    if (this.state === undefined || stamp !== this.stamp) {
      this.state = readAccess(this.home)
      this.stamp = stamp
    }
    return this.state
  }

  private isOver(expiresAt: string | null): boolean {
    return isOver(expiresAt, this.home.now())
  }

  private noteUse(id: string): void {
    const now = this.home.now()
    const last = this.noted.get(id)
    // A clock that was set back does not stop the noting.
    if (last !== undefined && Math.abs(now - last) < USES_EVERY_MS) return
    this.noted.set(id, now)
    try {
      writeTokenUses(pathsOf(this.home).uses, { [id]: instantText(now) })
    } catch (error) {
      // A disk that is full must not keep anybody out; the next use tries again.
      if (systemCode(error) === undefined) throw error
      this.noted.delete(id)
    }
  }
}

function grantOf({ role, clients, user }: Pick<Identity, 'role' | 'clients' | 'user'>) {
  return { role, clients, user }
}

/** By its id, since several may have one name. */
function actorOf(what: 'token' | 'link', { id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? `${what} ${id}` : `${what} ${id} (${name})`
}
