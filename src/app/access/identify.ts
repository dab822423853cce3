// Whose token, cookie or share link it is, at this moment. The state is read again whenever its file has changed, so that
// something revoked by another process is refused from the next request on.
import { accessStamp, readAccess } from '../../access/access-file.ts'
import { type AccessHome, pathsOf } from '../../access/access-home.ts'
import { type AccessState, hasAccess, isOver } from '../../access/access-state.ts'
import type { Identity } from '../../access/identity.ts'
import { isTokenText, sha256Of } from '../../access/secret-text.ts'
import { writeTokenUses } from '../../access/token-uses.ts'
import { systemCode } from '../../base/errors.ts'
import { instantText } from './grant.ts'

/** How far the stored time of a token's last use may lag behind. */
const USES_EVERY_MS = 60_000

export class Doorkeeper {
  private readonly home: AccessHome
  private state: AccessState | undefined
  private stamp: string | undefined
  /** When the last use of each token was last stored, by its id. */
  private readonly noted = new Map<string, number>()

  constructor(home: AccessHome) {
    this.home = home
  }

  /** Whether anybody could log in. */
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
    // What the user may see now, which may be less than at login.
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

  // The stamp is taken before reading: if the file changes between the two, the next request reads it again.
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
    // Uses are still stored if the clock was set back.
    if (last !== undefined && Math.abs(now - last) < USES_EVERY_MS) return
    this.noted.set(id, now)
    try {
      writeTokenUses(pathsOf(this.home).uses, { [id]: instantText(now) })
    } catch (error) {
      // A full disk must not lock anybody out; the next use tries again.
      if (systemCode(error) === undefined) throw error
      this.noted.delete(id)
    }
  }
}

function grantOf({ role, clients, user }: Pick<Identity, 'role' | 'clients' | 'user'>) {
  return { role, clients, user }
}

/** With its id, since several may have the same name. */
function actorOf(what: 'token' | 'link', { id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? `${what} ${id}` : `${what} ${id} (${name})`
}
