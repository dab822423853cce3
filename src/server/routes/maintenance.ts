// The health of the workspace, the cache, and the reports that were written to files.
import * as z from 'zod'
import { listGeneratedReports, readGeneratedReport } from '../../app/workspace/generated-reports.ts'
import {
  cachePlace,
  clearCache,
  readCacheStatus,
  statusObject,
  summaryObject,
} from '../../app/workspace/manage-cache.ts'
import { openWorkspace } from '../../app/workspace/workspace.ts'
import { formatOfFile } from '../../render/render.ts'
import { audited } from '../audited.ts'
import { ProblemError } from '../problem.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import { askerOf, type Call, type Route } from '../route.ts'
import { scopeOf } from '../scope-of.ts'
import { TYPES } from './forms.ts'

const KEEPERS = ['admin', 'manager'] as const
/** A larger file has to be copied in another way. */
const LARGEST_FILE_BYTES = 256 * 2 ** 20

const text = z.string()
const number = z.number()
const summary = z.strictObject({
  logs: z.array(text),
  folder: text,
  files: number,
  sizeBytes: number,
  lastUsed: text.nullable(),
})

export const MAINTENANCE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/health',
    roles: KEEPERS,
    summary: 'the check of workspace, logs, prices, profiles and clients; at most half a minute old',
    group: 'Health',
    answer: 'doctor',
    async handle(call) {
      const scope = scopeOf(askerOf(call))
      const { body, etag, tookMs } = await call.services.shelf.answer({ kind: 'health', scope, format: 'json' })
      return { bytes: body, type: TYPES.json, etag, tookMs }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/cache',
    roles: ['admin'],
    summary: 'what the cache keeps of past days',
    group: 'Health',
    answer: z.strictObject({ root: text, mostBytes: number, cache: summary, others: z.array(summary) }),
    handle: async call => ({ json: statusObject(readCacheStatus(await placeOf(call), call.services.host.machineNow)) }),
  },
  {
    method: 'DELETE',
    path: '/api/v1/cache',
    roles: ['admin'],
    summary: 'clear the cache; the logs stay as they are',
    group: 'Health',
    parameters: { all: { help: 'the caches of all logs, not only of these' } },
    answer: z.strictObject({ cleared: z.array(summary) }),
    async handle(call) {
      const { services, options } = call
      const isAll = options.all === true
      const place = await placeOf(call)
      const cleared = await audited(call, 'cache.clear', { all: isAll }, async () =>
        clearCache(place, isAll, services.host.machineNow),
      )
      services.shelf.clear()
      return { json: { cleared: cleared.map(summaryObject) } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/generated-reports',
    roles: KEEPERS,
    summary: 'the files in the folder reports/, the newest first; only for roles that see all clients',
    group: 'Reports',
    parameters: PAGE,
    answer: z.strictObject({
      reports: z.array(z.strictObject({ id: text, sizeBytes: number, modifiedAt: text, href: text })),
      ...counts,
    }),
    async handle(call) {
      const { root, settings } = call.services
      const { items, counts, headers } = pageOf(call, seesFiles(call) ? listGeneratedReports(root) : [])
      const reports = items.map(report => ({
        ...report,
        href: `${settings.basePath}api/v1/generated-reports/${encodeURIComponent(report.id)}`,
      }))
      return { json: { reports, ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/generated-reports/:id',
    roles: KEEPERS,
    summary: 'a file in the folder reports/',
    group: 'Reports',
    types: [...Object.values(TYPES), 'application/octet-stream'],
    async handle(call) {
      const { root } = call.services
      const id = call.path.id!
      const report = seesFiles(call) ? listGeneratedReports(root).find(one => one.id === id) : undefined
      if (report !== undefined && report.sizeBytes > LARGEST_FILE_BYTES) throw tooLarge()
      const bytes = report === undefined ? undefined : readGeneratedReport(root, report.id)
      if (bytes === undefined) throw noReport()
      const form = formatOfFile(id)
      const type = form === undefined || form === null ? 'application/octet-stream' : TYPES[form]
      return { bytes, type, headers: { 'Content-Disposition': dispositionOf(id) } }
    },
  },
]

// Nobody knows which clients a file is about.
export function seesFiles(call: Call): boolean {
  const { clients, user } = scopeOf(askerOf(call))
  return clients === '*' && user === undefined
}

async function placeOf({ services }: Call) {
  const { workspace, host } = services
  return cachePlace({}, host, await openWorkspace(workspace, host))
}

// File names may contain characters that a header must not.
function dispositionOf(name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, letter => `%${letter.charCodeAt(0).toString(16)}`)
  return `attachment; filename*=UTF-8''${encoded}`
}

function noReport(): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'unknown-file',
    title: 'There is no such file among the reports.',
    hint: 'See /api/v1/generated-reports.',
  })
}

function tooLarge(): ProblemError {
  return new ProblemError({
    status: 413,
    code: 'answer-too-large',
    title: `The file is larger than ${LARGEST_FILE_BYTES / 2 ** 20} MB.`,
    hint: 'Copy it from the folder reports/ on the server.',
  })
}
