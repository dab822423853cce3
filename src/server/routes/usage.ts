// The paths under /api/usage that earlier applications call, with the names and shapes that they expect.
import { join } from 'node:path'
import * as z from 'zod'
import { finishKilledPrune, type PruneRequest, planPrune, runPrune, withoutOthers } from '../../app/log/prune-logs.ts'
import { retentionOf } from '../../app/log/retention-days.ts'
import { ownerOf } from '../../app/profile/home.ts'
import {
  type FailedEvent,
  type RequestsDocument,
  type UsageSummary,
  usageSummary,
} from '../../app/report/usage-summary.ts'
import type { Parameter } from '../../app/request/parameters.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import { formatsOf } from '../../app/workspace/log-formats.ts'
import { placesOf } from '../../app/workspace/log-places.ts'
import { UTC } from '../../base/zone.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { audited } from '../audited.ts'
import { repeatable } from '../resources/repeatable.ts'
import type { Call, Route } from '../route.ts'
import { askDocument } from './documents.ts'

export const DEFAULT_HOURS = 2
/** How many errors a summary lists one by one. */
const MOST_ERRORS = 1000

export const HOURS = {
  hours: { value: 'N', help: 'the last N hours; default 2', parse: wholeNumber(1, 720) },
} as const satisfies Readonly<Record<string, Parameter>>

const summary = z.object({
  period_start: z.string().nullable(),
  period_end: z.string().nullable(),
  active_users: z.int(),
  total_requests: z.int(),
  total_errors: z.int(),
  users: z.array(
    z.object({
      email: z.string(),
      total_time_minutes: z.number(),
      features_used: z.array(z.string()),
      requests_count: z.int(),
      errors_count: z.int(),
      errors: z.array(
        z.object({
          endpoint: z.string().nullable(),
          error: z.string().nullable(),
          timestamp: z.string(),
          code: z.string().nullable(),
        }),
      ),
    }),
  ),
  top_features: z.array(z.object({ name: z.string(), count: z.int() })),
  error_breakdown: z.record(z.string(), z.int()),
})

const cleanup = z.object({
  status: z.enum(['dry-run', 'success', 'incomplete']),
  message: z.string(),
  files: z.array(z.object({ file: z.string(), removed: z.int(), kept: z.int() })),
  removed: z.int(),
})

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/usage/summary',
    roles: ['admin'],
    summary: 'who did what in the last hours',
    group: 'Usage',
    parameters: HOURS,
    hasOwnNames: true,
    answer: summary,
    handle: async call => ({ json: await summarize(call, (call.options as { hours?: number }).hours) }),
  },
  {
    method: 'POST',
    path: '/api/usage/generate-report',
    roles: ['admin'],
    summary: 'write the summary of the last hours to reports/usage_report.json',
    group: 'Usage',
    parameters: HOURS,
    hasOwnNames: true,
    answer: z.object({ status: z.literal('success'), report_path: z.string(), summary }),
    async handle(call) {
      const { path, made } = await writeUsageReport(call, (call.options as { hours?: number }).hours)
      return { json: { status: 'success', report_path: path, summary: made } }
    },
  },
  {
    method: 'GET',
    path: '/api/usage/health',
    roles: ['anybody'],
    summary: 'whether the service is running',
    group: 'Usage',
    answer: z.object({ status: z.literal('ok'), service: z.literal('usagebook'), repository: z.literal('ok') }),
    handle: async () => ({ json: { status: 'ok', service: 'usagebook', repository: 'ok' } }),
  },
  {
    method: 'POST',
    path: '/api/usage/cleanup',
    roles: ['admin'],
    summary: 'what retention would remove; with {"confirm": true}, removes it',
    group: 'Usage',
    body: z.strictObject({ confirm: z.boolean().optional() }),
    answer: cleanup,
    async handle(call) {
      const { confirm } = call.body as { confirm?: boolean }
      const request = await pruneRequest(call)
      if (confirm !== true) {
        const { files } = await planPrune(request)
        return { json: cleaned('dry-run', 'Nothing was removed. Send {"confirm": true} to remove it.', files) }
      }
      return await audited(call, 'log.prune', {}, () =>
        withoutOthers(request, async () => {
          await finishKilledPrune(request)
          const plan = await planPrune(request)
          const { failures } = await runPrune(plan, request)
          call.services.shelf.clear()
          const isWhole = failures.length === 0
          const message = isWhole ? 'Removed.' : `${failures.length} files could not be rewritten.`
          return { json: cleaned(isWhole ? 'success' : 'incomplete', message, plan.files) }
        }),
      )
    },
  },
]

export const USAGE_ROUTES: readonly Route[] = ROUTES.map(repeatable)

/** Writes the summary of the last hours over the one that was written before. */
export async function writeUsageReport(
  call: Call,
  hours: number | undefined,
): Promise<{ readonly path: string; readonly made: UsageSummary }> {
  const made = await summarize(call, hours)
  const path = join('reports', 'usage_report.json')
  const text = `${JSON.stringify(made, null, 2)}\n`
  await audited(call, 'report.generate', { path }, () =>
    writeFileWhole(join(call.services.root, path), [text], () => async () => undefined),
  )
  return { path, made }
}

async function summarize(call: Call, hours = DEFAULT_HOURS): Promise<UsageSummary> {
  const document = await askDocument<RequestsDocument>(call, {
    kind: 'report',
    options: { name: 'requests', lastHours: hours, top: 0 },
  })
  if (document.totalErrors === 0) return usageSummary(document, [])
  const { events } = await askDocument<{ readonly events: readonly FailedEvent[] }>(call, {
    kind: 'events',
    options: { lastHours: hours, event: ['request'], status: ['error'], limit: MOST_ERRORS },
  })
  return usageSummary(document, events)
}

async function pruneRequest({ services }: Call): Promise<PruneRequest> {
  const { host } = services
  const { workspace } = await services.workspaceNow.look()
  return {
    places: placesOf({}, host, workspace),
    cwd: host.cwd,
    formatOf: await formatsOf({}, workspace),
    retention: retentionOf({}, workspace),
    zone: UTC,
    logZone: UTC,
    now: host.now(),
    archive: undefined,
    summaryRoot: workspace.root,
    owner: ownerOf(host),
  }
}

function cleaned(status: string, message: string, files: Awaited<ReturnType<typeof planPrune>>['files']) {
  const list = files.map(({ file, removed, kept }) => ({ file: file.name, removed, kept }))
  return { status, message, files: list, removed: list.reduce((sum, { removed }) => sum + removed, 0) }
}
