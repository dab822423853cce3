// The plugin for Fastify: hooks that observe the raw response, and the pattern of the route that Fastify knows.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { UNMATCHED } from './endpoints.ts'
import { observeResponse } from './node-middleware.ts'
import type { RequestRecorder } from './request-recorder.ts'

/** What the plugin needs of Fastify's request. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly url: string
  readonly originalUrl: string
  readonly routeOptions: { readonly url?: string | undefined }
  readonly is404?: boolean
}

interface FastifyReplyLike {
  readonly raw: ServerResponse
}

/** Of Fastify's many overloads none is named here; `Hooks` says which two are meant. */
interface FastifyLike {
  addHook(name: never, hook: never): unknown
}

interface Hooks<Caller> {
  addHook(name: 'onRequest', hook: (request: Caller, reply: FastifyReplyLike, next: () => void) => void): unknown
  addHook(
    name: 'onError',
    hook: (request: Caller, reply: FastifyReplyLike, error: unknown, next: () => void) => void,
  ): unknown
}

export type FastifyPlugin = (instance: FastifyLike, options: unknown, done: () => void) => void

/** A plugin for the instance it is registered on and all below, whatever the order of registration. */
export function fastifyPlugin<Caller extends FastifyRequestLike>(recorder: RequestRecorder<Caller>): FastifyPlugin {
  const plugin: FastifyPlugin = (instance, _options, done) => {
    const hooks = instance as Hooks<Caller>
    hooks.addHook('onRequest', (request, reply, next) => {
      observeResponse(recorder, request, request.raw, reply.raw, routeOfFastify)
      next()
    })
    hooks.addHook('onError', (_request, reply, error, next) => {
      recorder.noteError(reply.raw, error)
      next()
    })
    done()
  }
  // Without this mark Fastify would keep the hooks to the plugin itself.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

function routeOfFastify(request: FastifyRequestLike): string | undefined {
  return request.is404 === true ? UNMATCHED : request.routeOptions.url
}
