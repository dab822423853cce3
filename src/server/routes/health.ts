// Is it running, and can it answer? For load balancers and monitors, which have no login and learn nothing else.
import * as z from 'zod'
import type { RunStatus } from '../evaluation/repeated-run.ts'
import type { Route } from '../route.ts'

const status = z.object({ status: z.enum(['ok', 'stopping']) })
const ready = z.object({
  status: z.enum(['ok', 'stopping']),
  evaluation: z
    .enum(['ok', 'failing', 'off'])
    .describe('whether the last check of rules and budgets and the jobs that were due could be run'),
})

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
    summary: 'whether it accepts requests, and whether what it does every minute works',
    group: 'Health',
    answer: ready,
    handle: async ({ services }) => {
      const evaluation = stateOf(services.evaluation())
      return services.isReady()
        ? { json: { status: 'ok', evaluation } }
        : { status: 503, json: { status: 'stopping', evaluation } }
    },
  },
]

function stateOf(runs: readonly RunStatus[]): 'ok' | 'failing' | 'off' {
  if (runs.length === 0) return 'off'
  return runs.some(({ problem }) => problem !== null) ? 'failing' : 'ok'
}
