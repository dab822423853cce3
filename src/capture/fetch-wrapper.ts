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
    const observed = observeFetch(recorder, {
      caller: request,
      request,
      remoteAddress: () => remoteAddress(request, ...rest),
      route: () => undefined,
    })
    let response: Response
    try {
      response = await handler(request, ...rest)
    } catch (error) {
      observed?.failed(error)
      throw error
    }
    return observed === undefined ? response : observed.answer(response)
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

/**
 * Records a call when its response is over, the caller has gone, or the handler has failed: once. Undefined where it is to
 * be skipped or cannot be observed. Never throws.
 */
export function observeFetch<Caller>(
  recorder: RequestRecorder<Caller>,
  call: FetchCall<Caller>,
): ObservedFetch | undefined {
  try {
    return recorder.isSkipped(call.request.url) ? undefined : tryToObserve(recorder, call)
  } catch {
    // A server that hands over less than a Request.
    recorder.countUnseen()
    return undefined
  }
}

function tryToObserve<Caller>(recorder: RequestRecorder<Caller>, call: FetchCall<Caller>): ObservedFetch {
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
    request.signal?.removeEventListener('abort', abort)
    recorder.record({
      caller: call.caller,
      target: request.url,
      method: request.method,
      route: recorder.attempt(() => call.route(statusCode)),
      statusCode,
      durationMs: performance.now() - startMs,
      remoteAddress: typeof remoteAddress === 'string' ? remoteAddress : undefined,
      isAborted,
      error,
      reader: read,
      header: name => request.headers.get(name) ?? undefined,
    })
  }
  const abort = () => record(undefined, true, reader)
  request.signal?.addEventListener('abort', abort)
  return {
    answer(response, error) {
      try {
        statusCode = response.status
        return observeBody(response, reader, (problem, isAborted) => record(problem ?? error, isAborted, reader))
      } catch {
        // What a handler has answered is no Response, which is its server's to judge.
        record(error, false)
        return response
      }
    },
    failed(error) {
      statusCode = 500
      record(error, false)
    },
  }
}
