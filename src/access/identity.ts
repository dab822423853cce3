// Who is asking, and what they may see.

export const ROLES = ['admin', 'manager', 'viewer', 'user'] as const
export type Role = (typeof ROLES)[number]

/** The clients that somebody may see: these, or all. An empty list means nothing at all. */
export type ClientScope = readonly string[] | '*'

/** What somebody is granted: a role, clients, and for the role `user` a user name in the logs. */
export interface Grant {
  readonly role: Role
  readonly clients: ClientScope
  readonly user: string | null
}

export interface Identity extends Grant {
  /** How audits name them: a name or an address. */
  readonly actor: string
  /** How they logged in. */
  readonly via: 'token' | 'session' | 'link' | 'proxy' | 'jwt'
  /** Only for a share link: the one thing that it shows. */
  readonly locked?: ShareLock
}

/** What a share link is locked to. */
export interface ShareLock {
  /** The name of a report, or "dashboard". */
  readonly report: string
  /** Parameters by the names of the flags. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
}

/** Whether somebody may see everything: all clients and all users. */
export function seesAll({ clients, user, role }: Grant): boolean {
  return clients === '*' && role !== 'user' && user === null
}

export function seesClient({ clients }: Pick<Grant, 'clients'>, client: string): boolean {
  return clients === '*' || clients.includes(client)
}
