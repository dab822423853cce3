// A route is a value from which the server, its API document and its tests are made.
import type * as z from 'zod'
import type { Identity, Role } from '../access/identity.ts'
import type { Parameter } from '../app/request/parameters.ts'
import type { Passed } from './guard/guard.ts'
import type { Services } from './services.ts'

/** `anybody` needs no login. */
export type RouteRole = Role | 'anybody'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Route {
  readonly method: Method
  /** Below the base path: `/api/v1/clients/:client`. */
  readonly path: string
  /** Who may use it; a route without roles does not compile. */
  readonly roles: readonly [RouteRole, ...RouteRole[]]
  readonly summary: string
  readonly group: string
  /** Those of the query string, by their names in code. */
  readonly parameters?: Readonly<Record<string, Parameter>>
  /** Query parameters under the names that they have in the query string, which are not those of flags. */
  readonly hasOwnNames?: true
  readonly body?: z.ZodType
  /** Takes the fields of a form of a page. */
  readonly takesForm?: true
  /** For people: it is no part of the API and its document. */
  readonly isPage?: true
  /** The name of a published schema, or a schema; absent if the answer is not JSON. */
  readonly answer?: string | z.ZodType
  /** Other media types than JSON that it can answer with. */
  readonly types?: readonly string[]
  /** Redirects to another address on success. */
  readonly redirects?: true
  /** Of the answer on success; absent means 200. */
  readonly status?: 200 | 201 | 204
  handle(call: Call): Promise<Reply>
  /** Answers in place of a problem where the parameters are wrong; the call has none then. */
  whenRefused?(call: Call, error: unknown): Promise<Reply>
}

/** One request that has passed every check. */
export interface Call {
  /** For a route that needs no login it may be nobody. */
  readonly identity: Identity | undefined
  readonly path: Readonly<Record<string, string>>
  /** The parsed parameters of the route. */
  readonly options: Readonly<Record<string, unknown>>
  readonly body: unknown
  /** As it was written; "" if the route takes none. */
  readonly bodyText: string
  /** The fields of a form; none where the route takes no form. */
  readonly form: URLSearchParams
  readonly headers: Headers
  readonly method: string
  readonly url: URL
  readonly passed: Passed
  readonly requestId: string
  readonly services: Services
}

export interface Reply {
  readonly status?: number
  /** Written as JSON. */
  readonly json?: unknown
  readonly bytes?: Uint8Array | string
  readonly type?: string
  readonly etag?: string
  readonly headers?: Readonly<Record<string, string>>
  /** How long a thread took for it. */
  readonly tookMs?: number
}

export function hasRole({ identity }: Pick<Call, 'identity'>, roles: readonly RouteRole[]): boolean {
  return identity !== undefined && roles.includes(identity.role)
}

/** Who is asking, for a route that needs a login. */
export function askerOf({ identity }: Call): Identity {
  if (identity === undefined) throw new Error('a route that needs a login was called without one')
  return identity
}
