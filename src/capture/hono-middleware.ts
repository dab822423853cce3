// The middleware for Hono: what fetch-style servers have, and the pattern of the route that answered.
import { observeFetch } from './fetch-wrapper.ts'
import type { RequestRecorder } from './request-recorder.ts'

interface HonoRoute {
  readonly path: string
}

/** What the middleware needs of Hono's context. */
export interface HonoContextLike {
  readonly req: {
    readonly raw: Request
    /** Older and newer than what Hono deprecates; absent, the path without its ids stands for the route. */
    readonly matchedRoutes?: readonly HonoRoute[]
    readonly routeIndex?: number
  }
  readonly env: unknown
  readonly error: Error | undefined
  res: Response
}

export type HonoMiddleware<Caller> = (context: Caller, next: () => Promise<void>) => Promise<void>

export function honoMiddleware<Caller extends HonoContextLike>(
  recorder: RequestRecorder<Caller>,
): HonoMiddleware<Caller> {
  return async (context, next) => {
    const { raw } = context.req
    if (recorder.isSkipped(raw.url)) return next()
    const observed = observeFetch(recorder, {
      caller: context,
      request: raw,
      remoteAddress: () => remoteAddressOf(context.env),
      route: () => routeOf(context),
    })
    try {
      await next()
    } catch (error) {
      observed.failed(error)
      throw error
    }
    const observedResponse = observed.answer(context.res, context.error)
    if (observedResponse === context.res) return
    // Hono merges the headers of the response before into the new one, and would double the cookies.
    context.res = undefined as unknown as Response
    context.res = observedResponse
  }
}

// A pattern with a wildcard is that of a middleware, such as the one that answers what no route does.
function routeOf({ req }: HonoContextLike): string | undefined {
  const path = req.matchedRoutes?.[req.routeIndex ?? -1]?.path
  return path === undefined || path.includes('*') ? undefined : path
}

// The Node server of Hono hands on the request of node:http.
function remoteAddressOf(env: unknown): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}
