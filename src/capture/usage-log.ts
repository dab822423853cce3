// The logger: a call for each kind of event, and the middlewares that call `request`.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { CustomInput, FeedbackInput, InputOfKind } from './event-input.ts'
import { EventLog, isEvent, type LogCounts } from './event-log.ts'
import { type FastifyPlugin, type FastifyRequestLike, fastifyPlugin } from './fastify-plugin.ts'
import { type FetchHandler, fetchWrapper } from './fetch-wrapper.ts'
import { type HonoContextLike, type HonoMiddleware, honoMiddleware } from './hono-middleware.ts'
import { settingsOf, type UsageLogOptions } from './log-options.ts'
import {
  type NodeErrorMiddleware,
  type NodeMiddleware,
  nodeErrorMiddleware,
  nodeMiddleware,
  type SignedIn,
} from './node-middleware.ts'
import { checkRequestOptions, type RequestOptions } from './request-options.ts'
import { RequestRecorder } from './request-recorder.ts'

/** Of fetch-style servers, which have no address in their requests, the application must say where it is. */
export interface FetchOptions<Rest extends unknown[]> extends RequestOptions<Request> {
  readonly remoteAddress?: ((request: Request, ...rest: Rest) => string | undefined) | undefined
}

/**
 * Opens a usage log. No call of it throws, rejects or waits for the disk; only wrong options do, here. Lines are on disk
 * after `flushMs`, after `flush()`, and when the process ends by itself or by `process.exit`. A worker thread that another
 * thread ends, by `terminate()` or `process.exit`, loses what is in memory: close its log first.
 */
export function usageLog(options: UsageLogOptions = {}): UsageLog {
  return new UsageLog(options)
}

export class UsageLog {
  private readonly log: EventLog
  /** Errors that an error middleware saw, for the middleware that records the request. */
  private readonly errors = new WeakMap<object, unknown>()

  constructor(options: UsageLogOptions) {
    this.log = new EventLog(settingsOf(options))
  }

  /** A call of a language model. */
  analysis(event: InputOfKind<'analysis'>): void {
    this.log.write('analysis', event)
  }

  /** A request to the application; the middlewares write these. */
  request(event: InputOfKind<'request'>): void {
    this.log.write('request', event)
  }

  sessionStart(event: InputOfKind<'session_start'>): void {
    this.log.write('session_start', event)
  }

  sessionEnd(event: InputOfKind<'session_end'>): void {
    this.log.write('session_end', event)
  }

  /** A file that a user brought: its name and size, never its content. */
  fileUpload(event: InputOfKind<'file_upload'>): void {
    this.log.write('file_upload', event)
  }

  userQuery(event: InputOfKind<'user_query'>): void {
    this.log.write('user_query', event)
  }

  agentResponse(event: InputOfKind<'agent_response'>): void {
    this.log.write('agent_response', event)
  }

  activity(event: InputOfKind<'activity'>): void {
    this.log.write('activity', event)
  }

  feedback(event: FeedbackInput): void {
    this.log.write('feedback', event)
  }

  /** It gets an id where it has none, by which somebody can say later that it is resolved. */
  threat(event: InputOfKind<'threat'>): void {
    try {
      const { id } = event
      const hasId = id !== undefined && id !== null && id !== ''
      this.log.write('threat', hasId || !isEvent(event) ? event : { ...event, id: randomUUID() })
    } catch {
      // A getter of the event, or no event at all, which is counted as one that says nothing.
      this.log.write('threat', event)
    }
  }

  error(event: InputOfKind<'error'>): void {
    this.log.write('error', event)
  }

  /** Anything else: a name of your own and any JSON. */
  custom(name: string, data?: unknown, event: CustomInput = {}): void {
    try {
      this.log.write('custom', isEvent(event) ? { ...event, name, data } : event)
    } catch {
      // A getter of the event.
      this.log.countInvalidEvent()
    }
  }

  /** For Express and Connect: `app.use(usage.middleware())`; for node:http: `log(request, response, () => …)`. */
  middleware<Caller extends IncomingMessage = IncomingMessage>(
    options: RequestOptions<Caller & SignedIn> = {},
  ): NodeMiddleware<Caller> {
    return nodeMiddleware(this.recorder(options))
  }

  /** For Express and Connect, after the routes: adds to a failed request why it failed. */
  errorMiddleware(): NodeErrorMiddleware {
    return nodeErrorMiddleware(this.errors)
  }

  /** For Fastify: `app.register(usage.fastify())`. */
  fastify<Caller extends FastifyRequestLike = FastifyRequestLike>(options: RequestOptions<Caller> = {}): FastifyPlugin {
    return fastifyPlugin(this.recorder(options))
  }

  /** For Hono: `app.use(usage.hono())`. */
  hono<Caller extends HonoContextLike = HonoContextLike>(options: RequestOptions<Caller> = {}): HonoMiddleware<Caller> {
    return honoMiddleware(this.recorder(options))
  }

  /** For servers that are a function from Request to Response: that function, with its requests logged. */
  fetch<Rest extends unknown[]>(
    handler: FetchHandler<Rest>,
    options: FetchOptions<Rest> = {},
  ): (request: Request, ...rest: Rest) => Promise<Response> {
    const { remoteAddress = () => undefined, ...others } = options
    return fetchWrapper(this.recorder(others), handler, remoteAddress)
  }

  /** What became of the events so far. */
  counts(): LogCounts {
    return this.log.counts()
  }

  /** Resolves when all that was logged is on disk, or the disk has refused it. Wait for it now and then to log in bulk. */
  flush(): Promise<void> {
    return this.log.flush()
  }

  /** Writes what is left and stops. Later events are counted as dropped. */
  close(): Promise<void> {
    return this.log.close()
  }

  private recorder<Caller>(options: RequestOptions<Caller>): RequestRecorder<Caller> {
    checkRequestOptions(options)
    return new RequestRecorder(this.log, options, this.errors)
  }
}
