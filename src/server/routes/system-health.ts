// How large the logs are, who is active, how much fails: for those who run the application. Kept for five minutes.
import * as z from 'zod'
import type { ReportOptions } from '../../app/request/parameters.ts'
import { askerOf, type Call, type Reply, type Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'
import { askDocument } from './documents.ts'

/** How long the health of the system is kept. */
const HEALTH_MS = 5 * 60_000

const health = z.object({
  status: z.literal('ok'),
  log_files: z.int().nullable().describe('null for callers who may see only some clients'),
  log_bytes: z.int().nullable().describe('of the files as they are stored; null for the same callers'),
  active_users_today: z.int(),
  active_users_week: z.int(),
  error_rate: z.number().nullable(),
  uptime_seconds: z.int(),
  checked_at: z.string(),
})

export const SYSTEM_HEALTH_ROUTE: Route = {
  method: 'GET',
  path: '/api/v1/analytics/system-health',
  roles: ['admin', 'manager'],
  summary: 'sizes, who is active, the error rate',
  group: 'Analytics',
  answer: health,
  handle: systemHealth,
}

interface HealthParts {
  readonly ledger: { readonly files: number | null; readonly bytes: number | null }
  readonly activeUsers: number
}

interface ErrorParts {
  readonly summary: { readonly errorRate: number | null }
}

async function systemHealth(call: Call): Promise<Reply> {
  const key = `system-health ${JSON.stringify(scopeOf(askerOf(call)))}`
  return { json: await call.services.shelf.keepFor(key, HEALTH_MS, () => lookAt(call)) }
}

async function lookAt(call: Call): Promise<z.infer<typeof health>> {
  const { host, startedAt } = call.services
  const requests = (range: ReportOptions) =>
    askDocument<HealthParts>(call, { kind: 'report', options: { ...range, name: 'requests', event: ['*'], top: 1 } })
  const [all, today, week, errors] = await Promise.all([
    requests({}),
    requests({ period: 'today' }),
    requests({ lastDays: 7 }),
    askDocument<ErrorParts>(call, { kind: 'report', options: { name: 'errors', lastDays: 7, top: 1 } }),
  ])
  return {
    status: 'ok',
    log_files: all.ledger.files,
    log_bytes: all.ledger.bytes,
    active_users_today: today.activeUsers,
    active_users_week: week.activeUsers,
    error_rate: errors.summary.errorRate,
    uptime_seconds: Math.max(0, Math.floor((host.machineNow() - startedAt) / 1000)),
    checked_at: new Date(host.now()).toISOString(),
  }
}
