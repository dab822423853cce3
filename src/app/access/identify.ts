// Whom a token, a cookie or a share link stands for, at this moment. The state is read again where its file changed, so that
// what was revoked elsewhere is refused at the next request.
import { accessStamp, readAccess } from '../../access/access-file.ts'
import { type AccessHome, pathsOf } from '../../access/access-home.ts'
import { type AccessState, hasAccess } from '../../access/access-state.ts'
import type { Identity } from '../../access/identity.ts'
import { isTokenText, sha256Of } from '../../access/secret-text.ts'
import { readTokenUses, writeTokenUses } from '../../access/token-uses.ts'
import { instantText } from './grant.ts'

/** How old the last use of a token may be that is stored. */
const USES_EVERY_MS = 60_000

export class Doorkeeper {
  private readonly home: AccessHome
  private state: AccessState | undefined
  private stamp: string | undefined
  private uses: Record<string, string> | undefined

  constructor(home: AccessHome) {
    this.home = home
  }

  /** Whether anybody could come in. */
  get hasAccess(): boolean {
    return hasAccess(this.now())
  }

  byToken(text: string): Identity | undefined {
    if (!isTokenText(text)) return undefined
    const sha256 = sha256Of(text)
    const token = this.now().tokens.find(one => one.sha256 === sha256)
    if (token === undefined || token.revokedAt !== null || this.isOver(token.expiresAt)) return undefined
    this.noteUse(token.id)
    const { role, clients, user } = token
    return { role, clients, user, actor: `token ${token.name ?? token.id}`, via: 'token' }
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
      actor: `link ${link.name ?? link.id}`,
      via: 'link',
      locked: { report: link.report, parameters: link.parameters },
    }
  }

  private now(): AccessState {
    const stamp = accessStamp(this.home)
    if (this.state === undefined || stamp !== this.stamp) {
      this.state = readAccess(this.home)
      this.stamp = stamp
    }
    return this.state
  }

  private isOver(expiresAt: string | null): boolean {
    return expiresAt !== null && Date.parse(expiresAt) <= this.home.now()
  }

  private noteUse(id: string): void {
    const { uses: file } = pathsOf(this.home)
    this.uses ??= { ...readTokenUses(file) }
    const now = this.home.now()
    const last = this.uses[id]
    if (last !== undefined && now - Date.parse(last) < USES_EVERY_MS) return
    this.uses[id] = instantText(now)
    try {
      writeTokenUses(file, this.uses)
    } catch {
      // A disk that is full must not keep anybody out; the next use tries again.
      delete this.uses[id]
    }
  }
}

function grantOf({ role, clients, user }: Pick<Identity, 'role' | 'clients' | 'user'>) {
  return { role, clients, user }
}
