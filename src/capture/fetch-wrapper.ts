// The wrapper for fetch-style servers (a function from Request to Response), and what Hono's middleware shares with it.
import type { AnswerReader } from './answer-reader.ts'
import { observeBody } from './observe-body.ts'
import type { RequestRecorder } from './request-recorder.ts'

export type FetchHandler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Response | Promise<Response>

/** The handler with its requests recorded; it answers and fails as before. */
export function fetchWrapper<Rest extends unknown[]>(
  recorder: RequestRecorder<Request>,
  handler: FetchHandler<Rest>,
  remoteAddress: (request: Request, ...rest: Rest) => string | undefined,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    if (recorder.isSkipped(request.url)) return handler(request, ...rest)
    const observed = observeFetch(recorder, {
      caller: request,
      request,
      remoteAddress: () => remoteAddress(request, ...rest),
      route: () => undefined,
    })
    try {
      return observed.answer(await handler(request, ...rest))
    } catch (error) {
      observed.failed(error)
      throw error
    }
  }
}

export interface FetchCall<Caller> {
  readonly caller: Caller
  readonly request: Pick<Request, 'url' | 'method' | 'signal' | 'headers'>
  remoteAddress(): string | undefined
  route(statusCode: number | undefined): string | undefined
}

export interface ObservedFetch {
  /** The response to send instead of one: the same, but its body tells when it is over. */
  answer(response: Response, error?: unknown): Response
  failed(error: unknown): void
}

/** Records a call when its response is over, the caller has gone, or the handler has failed: once. */
export function observeFetch<Caller>(recorder: RequestRecorder<Caller>, call: FetchCall<Caller>): ObservedFetch {
  const { request } = call
  const startMs = performance.now()
  // Later the connection may be gone.
  const remoteAddress = recorder.attempt(() => call.remoteAddress())
  const reader = recorder.openAnswer()
  let isRecorded = false
  let statusCode: number | undefined
  const record = (error: unknown, isAborted: boolean, read?: AnswerReader) => {
    if (isRecorded) return
    isRecorded = true
    request.signal.removeEventListener('abort', abort)
    recorder.record({
      caller: call.caller,
      target: request.url,
      method: request.method,
      route: recorder.attempt(() => call.route(statusCode)),
      statusCode,
      durationMs: performance.now() - startMs,
      remoteAddress,
      isAborted,
      error,
      reader: read,
      header: name => request.headers.get(name) ?? undefined,
    })
  }
  const abort = () => record(undefined, true, reader)
  request.signal.addEventListener('abort', abort)
  return {
    answer(response, error) {
      statusCode = response.status
      return observeBody(response, reader, (problem, isAborted) => record(problem ?? error, isAborted, reader))
    },
    failed(error) {
      statusCode = 500
      record(error, false)
    },
  }
}
