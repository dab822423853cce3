// From what a framework knows about a request to the `request` event: the one place that decides what is logged.
import { createHmac } from 'node:crypto'
import { AnswerReader } from './answer-reader.ts'
import { callerAddress } from './caller-address.ts'
import { endpointNamer } from './endpoints.ts'
import type { InputOfKind } from './event-input.ts'
import type { EventLog } from './event-log.ts'
import { pathMatcher, pathOf, pathTable, queryOf } from './path-patterns.ts'
import { rememberLast } from './remember.ts'
import type { RequestCore } from './request-lines.ts'
import type { RequestFacts, RequestOptions } from './request-options.ts'
import { cookieValue, sessionIds } from './session-ids.ts'

const MAX_PARAMETER = 200
const ENDPOINTS_REMEMBERED = 2000
const MAX_USER_AGENT = 300

export class RequestRecorder<Caller> {
  private readonly log: EventLog
  private readonly options: RequestOptions<Caller>
  private readonly isSkippedPath: (path: string) => boolean
  private readonly endpointOf: (target: string) => string
  private readonly featureOf: (path: string) => string | undefined
  private readonly addressOf: (remote: string | undefined, forwardedFor: string | undefined) => string | undefined
  private readonly sessionOf: (facts: RequestFacts<Caller>) => string | undefined
  /** Whether there is more to a request than what every one has. */
  private readonly asksMore: boolean
  private readonly errors: WeakMap<object, unknown>

  constructor(log: EventLog, options: RequestOptions<Caller>, errors: WeakMap<object, unknown>) {
    this.errors = errors
    this.log = log
    this.options = options
    const { user, client, session, features, country, query, usageFrom } = options
    this.asksMore = [user, client, session, features, country, query, usageFrom].some(option => option !== undefined)
    this.isSkippedPath = pathMatcher(options.skip ?? [])
    this.endpointOf = rememberLast(ENDPOINTS_REMEMBERED, endpointNamer(options.endpoints ?? []))
    this.featureOf = pathTable(options.features ?? {})
    this.addressOf = callerAddress(options.trustedProxies ?? [])
    this.sessionOf = sessionReader(log, options.session)
  }

  /** Whether a request is not to be recorded; asked with anything, for applications put anything in its place. */
  isSkipped(target: unknown): boolean {
    return this.options.skip !== undefined && typeof target === 'string' && this.isSkippedPath(pathOf(target))
  }

  /** The answer of a function of the application, or undefined where it throws. */
  attempt<T>(ask: () => T): T | undefined {
    return this.log.attempt(ask)
  }

  /** Who is to read the answer, if its usage is wanted. */
  openAnswer(): AnswerReader | undefined {
    return this.options.usageFrom === 'response' ? new AnswerReader() : undefined
  }

  /** Counts a request that cannot be observed. */
  countUnseen(): void {
    this.log.countInvalidEvent()
  }

  /** Remembers why a request failed until it is recorded. */
  noteError(response: unknown, error: unknown): void {
    noteError(this.errors, response, error)
  }

  errorOf(response: object): unknown {
    return this.errors.get(response)
  }

  /** Writes the event. Never throws, whatever the application's functions do. */
  record(facts: RequestFacts<Caller>): void {
    try {
      this.tryRecord(facts)
    } catch {
      this.log.countInvalidEvent()
    }
  }

  private tryRecord(facts: RequestFacts<Caller>): void {
    const forwardedFor = this.options.trustedProxies === undefined ? undefined : facts.header('x-forwarded-for')
    const ip = this.addressOf(facts.remoteAddress, forwardedFor)
    const agent = facts.header('user-agent')
    const core: RequestCore = {
      ms: this.log.settings.clock(),
      route: this.routeOf(facts),
      target: facts.target,
      endpointOf: this.endpointOf,
      method: facts.method,
      statusCode: facts.statusCode,
      durationMs: facts.durationMs,
      ip,
      userAgent: agent !== undefined && agent.length > MAX_USER_AGENT ? agent.slice(0, MAX_USER_AGENT) : agent,
    }
    const isPlain = !this.asksMore && !facts.isAborted && facts.error === undefined
    this.log.writeRequest(core, isPlain ? undefined : this.furtherFields(facts, ip))
  }

  private furtherFields(facts: RequestFacts<Caller>, address: string | undefined): object {
    const { log, options } = this
    const { caller, target } = facts
    const { client, country } = options
    const event: Omit<InputOfKind<'request'>, keyof RequestCore | 'endpoint'> = {
      user: this.ask(options.user, caller),
      session: options.session === undefined ? undefined : log.attempt(() => this.sessionOf(facts)),
      client: typeof client === 'function' ? this.ask(client, caller) : client,
      feature: options.features === undefined ? undefined : this.featureOf(pathOf(target)),
      country:
        typeof country === 'function'
          ? log.attempt(() => country(caller, address))
          : country && facts.header(country.toLowerCase()),
      error: facts.error,
    }
    if (facts.isAborted) Object.assign(event, ABORTED)
    if (options.query !== undefined) Object.assign(event, { queryParams: allowedParameters(target, options.query) })
    if (facts.reader !== undefined)
      Object.assign(
        event,
        log.attempt(() => facts.reader?.usage(facts.statusCode)),
      )
    return event
  }

  private routeOf(facts: RequestFacts<Caller>): string | undefined {
    try {
      return facts.route
    } catch {
      // What an application has put in the place of its framework's own; the patterns of the options are asked instead.
      return undefined
    }
  }

  private ask<T>(question: ((caller: Caller) => T) | undefined, caller: Caller): T | undefined {
    return question === undefined ? undefined : this.log.attempt(() => question(caller))
  }
}

/** Where an error waits for the end of its request. A response that is no object has none. */
export function noteError(errors: WeakMap<object, unknown>, response: unknown, error: unknown): void {
  if (typeof response === 'object' && response !== null) errors.set(response, error)
}

const ABORTED = { aborted: true, status: 'error', errorType: 'aborted' } as const

function allowedParameters(target: string, names: readonly string[]): object | undefined {
  const parameters = new URLSearchParams(queryOf(target))
  const allowed = names.flatMap(name => {
    const value = parameters.get(name)
    return value === null ? [] : [[name, value.slice(0, MAX_PARAMETER)] as const]
  })
  return allowed.length === 0 ? undefined : Object.fromEntries(allowed)
}

function sessionReader<Caller>(
  log: EventLog,
  source: RequestOptions<Caller>['session'],
): (facts: RequestFacts<Caller>) => string | undefined {
  if (source === undefined) return () => undefined
  if (typeof source === 'function') return facts => source(facts.caller) ?? undefined
  const { cookie, header, idleMs } = source
  const key = log.settings.sessionKey
  const idOf = sessionIds(idleMs, text => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22))
  return facts => {
    const value =
      (cookie === undefined ? undefined : cookieValue(facts.header('cookie'), cookie)) ??
      (header === undefined ? undefined : facts.header(header.toLowerCase()))
    return value === undefined || value === '' ? undefined : idOf(value, log.settings.clock())
  }
}
