// The options of a middleware about the requests of an application. `Caller` is the request as its framework gives it.
import type { AnswerReader } from './answer-reader.ts'
import { checkOptions, type OptionTypes, wrongOption } from './check-options.ts'
import type { SessionSource } from './session-ids.ts'

type Text = string | undefined | null

export interface RequestOptions<Caller> {
  /** Paths that are not logged: exact, with `*` for any characters, or a RegExp. */
  readonly skip?: readonly (string | RegExp)[] | undefined
  /** Who made the request; asked when the answer is complete. */
  readonly user?: ((request: Caller) => Text) | undefined
  readonly client?: string | ((request: Caller) => Text) | undefined
  /** An id of your own, or the cookie or header that stays the same during a session; of these a hash is logged. */
  readonly session?: SessionSource | ((request: Caller) => Text) | undefined
  /** Path pattern, with `*` for any characters, to feature; the first that matches counts. */
  readonly features?: Readonly<Record<string, string>> | undefined
  /**
   * Patterns of paths, `/reset/:token` or `/files/*`: the first that fits is logged as the endpoint, where the framework does
   * not know the route. A path that fits none is logged as its first segment and `*`.
   */
  readonly endpoints?: readonly string[] | undefined
  /** The names of query parameters that may be logged. All others never are. */
  readonly query?: readonly string[] | undefined
  /** Addresses and networks (`10.0.0.0/8`, `loopback`, `private`) whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[] | undefined
  /** A header that holds the country, or a look-up by request and full address. */
  readonly country?: string | ((request: Caller, address: string | undefined) => Text) | undefined
  /** `response`: take model and tokens from an answer that has a provider's `usage` object. */
  readonly usageFrom?: 'response' | undefined
}

const OPTION_TYPES: OptionTypes<RequestOptions<never>> = {
  skip: ['list'],
  user: ['function'],
  client: ['text', 'function'],
  session: ['object', 'function'],
  features: ['object'],
  endpoints: ['list'],
  query: ['list'],
  trustedProxies: ['list'],
  country: ['text', 'function'],
  usageFrom: ['text'],
}
const SESSION_TYPES: OptionTypes<SessionSource> = { cookie: ['text'], header: ['text'], idleMs: ['number'] }

/** Throws for the first option that cannot be used. */
export function checkRequestOptions<Caller>(options: RequestOptions<Caller>): void {
  checkOptions(options, OPTION_TYPES)
  const { session, usageFrom, endpoints = [] } = options
  for (const pattern of endpoints) {
    if (typeof pattern !== 'string' || !pattern.startsWith('/'))
      throw wrongOption('endpoints', pattern, 'Give patterns of paths that begin with a slash, such as /reset/:token.')
  }
  if (usageFrom !== undefined && usageFrom !== 'response')
    throw wrongOption('usageFrom', usageFrom, "Use 'response', or leave it out.")
  if (typeof session !== 'object') return
  checkOptions(session, SESSION_TYPES, 'session')
  if (!session.cookie && !session.header)
    throw wrongOption('session', 'without cookie or header', 'Name one whose value stays the same during a session.')
}

/** What a framework's adapter knows of a request when it is over. */
export interface RequestFacts<Caller> {
  readonly caller: Caller
  /** The request target as it came, before any router cut it. */
  readonly target: string
  readonly method: string | undefined
  /** The pattern of the route, or that there was none, where the framework knows it. May throw what a getter throws. */
  readonly route: string | undefined
  /** Undefined where no answer was begun. */
  readonly statusCode: number | undefined
  readonly durationMs: number
  readonly remoteAddress: string | undefined
  readonly isAborted: boolean
  readonly error: unknown
  readonly reader: AnswerReader | undefined
  header(name: string): string | undefined
}
