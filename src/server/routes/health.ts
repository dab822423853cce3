// Is it running, and can it answer? For load balancers and monitors, which have no login and learn nothing else.
import * as z from 'zod'
import type { Route } from '../route.ts'

const status = z.object({ status: z.enum(['ok', 'stopping']) })

export const HEALTH_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/livez',
    roles: ['anybody'],
    summary: 'whether the process is running',
    group: 'Health',
    answer: status,
    handle: async () => ({ json: { status: 'ok' } }),
  },
  {
    method: 'GET',
    path: '/readyz',
    roles: ['anybody'],
    summary: 'whether it accepts requests',
    group: 'Health',
    answer: status,
    handle: async ({ services }) =>
      services.isReady() ? { json: { status: 'ok' } } : { status: 503, json: { status: 'stopping' } },
  },
]
