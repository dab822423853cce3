// The middleware for node:http, Express and Connect. It listens to the response and never changes it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AnswerReader } from './answer-reader.ts'
import { fitsRoute, UNMATCHED } from './endpoints.ts'
import { type ExpressRequest, expressRoute } from './express-route.ts'
import { pathOf } from './path-patterns.ts'
import type { RequestFacts } from './request-options.ts'
import { noteError, type RequestRecorder } from './request-recorder.ts'

/** What authentication puts on a request, in the common places. */
export interface SignedIn {
  readonly auth?: { readonly email?: string; readonly id?: string; readonly sub?: string }
  readonly user?: unknown
}

/** What a framework's adapter is told of a request that is over, to find its route. */
export interface SeenRequest {
  /** The application of Express that saw it first. */
  readonly entry: ExpressRequest['app']
  readonly target: string
  readonly statusCode: number | undefined
}

type RouteFinder<Caller> = (caller: Caller, seen: SeenRequest) => string | undefined

export type NodeMiddleware<Caller> = (
  request: Caller,
  response: ServerResponse,
  next?: (error?: unknown) => unknown,
) => unknown

export type NodeErrorMiddleware = (
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => unknown,
) => void

/** With `next` as the rest of the work, what that throws or rejects with is logged, and goes on its way. */
export function nodeMiddleware<Caller extends IncomingMessage>(
  recorder: RequestRecorder<Caller & SignedIn>,
): NodeMiddleware<Caller> {
  return (request, response, next) => {
    const observed = observeResponse(recorder, request, request, response, routeOfExpress)
    if (next === undefined) return undefined
    try {
      const result = next()
      if (!(result instanceof Promise)) return result
      return result.catch((error: unknown) => {
        observed?.fail(error)
        throw error
      })
    } catch (error) {
      observed?.fail(error)
      throw error
    }
  }
}

/** Express and Connect tell only their error middlewares why a request failed. */
export function nodeErrorMiddleware(errors: WeakMap<object, unknown>): NodeErrorMiddleware {
  return (error, _request, response, next) => {
    noteError(errors, response, error)
    next(error)
  }
}

/**
 * Records the request when its response is over: complete, cut off by the caller, or, by `fail`, ended by an error that
 * nobody will answer. Once in any case. Undefined where it is to be skipped or cannot be observed. Never throws.
 */
export function observeResponse<Caller>(
  recorder: RequestRecorder<Caller>,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
  routeOf: RouteFinder<Caller>,
): ObservedResponse<Caller> | undefined {
  try {
    if (recorder.isSkipped(targetOf(request))) return undefined
    const observed = new ObservedResponse(recorder, caller, request, response, routeOf)
    response.on('close', () => observed.end())
    return observed
  } catch {
    // An adapter that hands over less than node:http does.
    recorder.countUnseen()
    return undefined
  }
}

/** One object a request, and no closures but one: a plain server answers in ten microseconds. */
class ObservedResponse<Caller> implements RequestFacts<Caller>, SeenRequest {
  readonly caller: Caller
  readonly entry: SeenRequest['entry']
  readonly remoteAddress: string | undefined
  readonly reader: AnswerReader | undefined
  statusCode: number | undefined
  durationMs = 0
  isAborted = false
  error: unknown
  private readonly recorder: RequestRecorder<Caller>
  private readonly request: IncomingMessage
  private readonly response: ServerResponse
  private readonly routeOf: RouteFinder<Caller>
  private readonly startMs = performance.now()
  private isRecorded = false

  constructor(
    recorder: RequestRecorder<Caller>,
    caller: Caller,
    request: IncomingMessage,
    response: ServerResponse,
    routeOf: RouteFinder<Caller>,
  ) {
    this.recorder = recorder
    this.caller = caller
    this.request = request
    this.response = response
    this.routeOf = routeOf
    this.entry = (request as ExpressRequest).app
    // Later the socket may be gone.
    this.remoteAddress = textOnly(request.socket?.remoteAddress)
    this.reader = recorder.openAnswer()
    if (this.reader !== undefined) readAnswer(response, this.reader)
  }

  get target(): string {
    return targetOf(this.request)
  }

  get method(): string | undefined {
    return this.request.method
  }

  get route(): string | undefined {
    return this.routeOf(this.caller, this)
  }

  header(name: string): string | undefined {
    return textOnly(headerOf(this.request.rawHeaders ?? [], name))
  }

  end(): void {
    const { response } = this
    this.isAborted = !isComplete(response)
    const { statusCode } = response
    if (this.isAborted || (typeof statusCode === 'number' && statusCode >= 400))
      this.error = this.recorder.errorOf(response)
    this.record(this.isAborted && !response.headersSent ? undefined : statusCode)
  }

  fail(error: unknown): void {
    this.error = error
    this.record(this.response.headersSent ? this.response.statusCode : 500)
  }

  private record(statusCode: number | undefined): void {
    if (this.isRecorded) return
    this.isRecorded = true
    this.statusCode = statusCode
    this.durationMs = performance.now() - this.startMs
    this.recorder.record(this)
  }
}

// The responses of node:http2 have no writableFinished. That of an injected request is closed before it is finished, but
// on a socket that nobody has destroyed.
function isComplete(response: ServerResponse): boolean {
  const isFinished = response.writableFinished ?? response.writableEnded
  return isFinished || (response.writableEnded && response.socket?.destroyed === false)
}

function targetOf(request: IncomingMessage): string {
  const { originalUrl, url } = request as { originalUrl?: unknown; url?: unknown }
  return textOnly(originalUrl) ?? textOnly(url) ?? '/'
}

// Without an application of Express the route of another router may be known, but not where that is mounted.
function routeOfExpress(request: IncomingMessage, { entry, target, statusCode }: SeenRequest): string | undefined {
  const { route } = request as ExpressRequest
  if (entry !== undefined) {
    const isUnmatched = route === undefined && statusCode === 404
    return isUnmatched ? UNMATCHED : expressRoute(request as ExpressRequest, entry, pathOf(target))
  }
  const pattern = route?.path
  return typeof pattern === 'string' && fitsRoute(pattern, target) ? pattern : undefined
}

// Reads a header without having Node parse them all, which an application may never need. Values of a header that came
// several times are joined.
function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  let found: string | undefined
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const key = rawHeaders[index]!
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    found = found === undefined ? rawHeaders[index + 1]! : `${found}, ${rawHeaders[index + 1]}`
  }
  return found
}

// To make a text of what is none can take for ever: a list may say that it has a billion entries.
function textOnly(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Lets the reader see what goes through `write` and `end`, which do what they did, with the same arguments and results. */
function readAnswer(response: ServerResponse, reader: AnswerReader): void {
  const { write, end, writeHead } = response
  // Node does not keep all headers that come with the head where they can be asked for.
  let atHead: unknown
  const headerNow = (name: string) => headerIn(atHead, name) ?? response.getHeader(name)
  const add = (chunk: unknown, encoding: unknown) => {
    if (chunk === undefined || chunk === null) return
    try {
      // What is packed when it comes here stays unread; a middleware before this one packs it later, and says so from then on.
      reader.open(headerNow('content-type'), headerNow('content-encoding'))
      reader.add(chunk, encoding)
    } catch {
      // Node refuses such a piece or header itself, in its own words.
    }
  }
  response.writeHead = function (this: ServerResponse, ...given: unknown[]) {
    atHead = given.at(-1)
    return Reflect.apply(writeHead, this, given) as ServerResponse
  } as typeof writeHead
  response.write = function (this: ServerResponse, ...given: unknown[]) {
    add(given[0], given[1])
    return Reflect.apply(write, this, given) as boolean
  } as typeof write
  response.end = function (this: ServerResponse, ...given: unknown[]) {
    if (typeof given[0] !== 'function') add(given[0], given[1])
    return Reflect.apply(end, this, given) as ServerResponse
  } as typeof end
}

/** A header in what `writeHead` takes: an object, a list of names and values, or one of pairs. */
function headerIn(headers: unknown, name: string): unknown {
  if (typeof headers !== 'object' || headers === null) return undefined
  const flat = Array.isArray(headers) ? headers.flat() : Object.entries(headers).flat()
  const at = flat.findIndex((part, index) => index % 2 === 0 && String(part).toLowerCase() === name)
  return at === -1 ? undefined : flat[at + 1]
}
