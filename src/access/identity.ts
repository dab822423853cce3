// Who asks, and what they may see.

export const ROLES = ['admin', 'manager', 'viewer', 'user'] as const
export type Role = (typeof ROLES)[number]

/** The clients that somebody may see: these, or all. An empty list sees nothing. */
export type ClientScope = readonly string[] | '*'

/** What is given to somebody: a role, the clients, and for the role `user` the name in the logs. */
export interface Grant {
  readonly role: Role
  readonly clients: ClientScope
  readonly user: string | null
}

export interface Identity extends Grant {
  /** Who did it, in audits: a name or an address. */
  readonly actor: string
  /** How they came in. */
  readonly via: 'token' | 'session' | 'link' | 'proxy' | 'jwt'
  /** Only of a share link: what it shows, and nothing else. */
  readonly locked?: ShareLock
}

/** What a share link is locked to. */
export interface ShareLock {
  /** The name of a report, or "dashboard". */
  readonly report: string
  /** Parameters by the names that flags have. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
}

/** Whether somebody sees everything, of all clients and users. */
export function seesAll({ clients, user, role }: Grant): boolean {
  return clients === '*' && role !== 'user' && user === null
}

export function seesClient({ clients }: Pick<Grant, 'clients'>, client: string): boolean {
  return clients === '*' || clients.includes(client)
}
