// The pages that everybody finds, by the names of their links: a page is opened by the roles that its link is shown to.
import type { Role } from '../../access/identity.ts'

export interface NavigationLink {
  readonly label: string
  /** Below the base path. */
  readonly path: string
  readonly roles: readonly [Role, ...Role[]]
}

const EVERYBODY = ['admin', 'manager', 'viewer', 'user'] as const
const KEEPERS = ['admin', 'manager'] as const
const READERS = ['admin', 'manager', 'viewer'] as const

/** In the order of the links: what is looked at every day first. A page has its link from the day it is there. */
export const NAVIGATION = {
  overview: { label: 'Overview', path: '/', roles: EVERYBODY },
  activity: { label: 'Activity', path: '/activity', roles: EVERYBODY },
  errors: { label: 'Errors', path: '/errors', roles: EVERYBODY },
  threats: { label: 'Threats', path: '/threats', roles: EVERYBODY },
  users: { label: 'Users', path: '/users', roles: EVERYBODY },
  profiles: { label: 'Profiles', path: '/profiles', roles: READERS },
  clients: { label: 'Clients', path: '/clients', roles: READERS },
  prices: { label: 'Prices', path: '/prices', roles: READERS },
  budgets: { label: 'Budgets', path: '/budgets', roles: READERS },
  reports: { label: 'Reports', path: '/reports', roles: READERS },
  health: { label: 'Health', path: '/health', roles: KEEPERS },
  access: { label: 'Access', path: '/access', roles: ['admin'] },
} as const satisfies Readonly<Record<string, NavigationLink>>

export type PageName = keyof typeof NAVIGATION

export function linksFor(role: Role): readonly (NavigationLink & { readonly name: string })[] {
  const all: readonly [string, NavigationLink][] = Object.entries(NAVIGATION)
  return all.filter(([, { roles }]) => roles.includes(role)).map(([name, link]) => ({ name, ...link }))
}
