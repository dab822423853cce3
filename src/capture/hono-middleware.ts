// The middleware for Hono: like the one for fetch-style servers, plus the pattern of the route that answered.
import { UNMATCHED } from './endpoints.ts'
import { observeFetch } from './fetch-wrapper.ts'
import type { RequestRecorder } from './request-recorder.ts'

interface HonoRoute {
  readonly path: string
  readonly method?: string
  readonly handler?: unknown
}

/** What the middleware needs of Hono's context. */
export interface HonoContextLike {
  readonly req: {
    readonly raw: Request
    /** Older and newer than what Hono deprecates. */
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
    const observed = observeFetch(recorder, {
      caller: context,
      request: raw,
      remoteAddress: () => remoteAddressOf(context.env),
      route: statusCode => routeOf(context, statusCode),
    })
    try {
      await next()
    } catch (error) {
      observed?.failed(error)
      throw error
    }
    if (observed === undefined) return
    const observedResponse = observed.answer(context.res, context.error)
    if (observedResponse === context.res) return
    // Hono merges the headers of the response before into the new one, and would double the cookies.
    context.res = undefined as unknown as Response
    context.res = observedResponse
  }
}

// What ran last has answered, or was the last before Hono said that there is no such route. A middleware that answers by
// itself, such as one that asks for a sign-in, has a pattern that says little.
function routeOf({ req }: HonoContextLike, statusCode: number | undefined): string | undefined {
  const route = req.matchedRoutes?.[req.routeIndex ?? -1]
  if (route === undefined) return undefined
  if (!isMiddleware(route)) return route.path
  return statusCode === 404 ? UNMATCHED : undefined
}

// Hono has the same type for both. A handler has no use for `next`, its second parameter.
function isMiddleware({ path, method, handler }: HonoRoute): boolean {
  return method === 'ALL' && path.includes('*') && !(typeof handler === 'function' && handler.length < 2)
}

// The Node server of Hono hands on the request of node:http.
function remoteAddressOf(env: unknown): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}
