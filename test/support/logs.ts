// Folders of logs for tests, and reports over them without a process around.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { runReport } from '../../src/app/report/run-report.ts'
import type {
  EventFilter,
  LogRequest,
  LogSource,
  MoneyView,
  ReportRequest,
  ReportView,
} from '../../src/app/request/requests.ts'
import { formatJson } from '../../src/base/json.ts'
import { type Instant, parseZone } from '../../src/base/zone.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import type { RejectedLine } from '../../src/query/ledger.ts'
import { ALL_TIME, parseRange, type RangeRequest } from '../../src/query/range.ts'
import type { Report } from '../../src/report/model/report.ts'
import { report } from '../../src/report/usage/usage-definition.ts'
import { prepareCache, tuningOf, type Way } from './ways.ts'

export const NOW = Date.UTC(2026, 2, 10, 8) as Instant

/** A new folder that holds these files and goes when the test ends. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** The parts of a request side by side, so that a test names only what it is about. */
export interface Asked
  extends Partial<LogSource & EventFilter & ReportView & MoneyView & Pick<LogRequest, 'engine' | 'now'>> {
  readonly days?: RangeRequest
  readonly timezone?: string
}

/** A request for a report over a folder of logs; what is not said is the default of the command line. */
export function requestOf(folder: string, options: Asked = {}): ReportRequest {
  const { days, timezone = 'UTC', engine, now, ...more } = options
  const zone = parseZone(timezone)!
  return {
    logs: over(more, {
      root: folder,
      cwd: folder,
      places: [{ path: folder, format: null }],
      formatOf: () => NATIVE_FORMAT,
      logTimezone: timezone,
      openStdin: () => Readable.from([]),
    }),
    filter: over<EventFilter>(more, {
      scope: undefined,
      range: days === undefined ? ALL_TIME : parseRange(days, zone, NOW),
      zone,
      conditions: [],
      extras: [],
      asGiven: {},
      dedupe: 'file',
      joinsVersions: false,
      joinsBlocks: false,
    }),
    view: over<ReportView>(more, {
      report,
      compareWith: null,
      groupBy: null,
      by: ['activity'],
      idleMs: 30 * 60_000,
      top: null,
      sort: null,
      sections: null,
    }),
    money: over<MoneyView>(more, { cost: 'auto', currency: null, currencies: undefined }),
    engine: engine ?? { cache: null, toolVersion: '0', machineNow: () => 0 },
    now: now ?? NOW,
  }
}

function over<Part extends object>(asked: object, defaults: Part): Part {
  const given = Object.entries(asked).filter(([name]) => Object.hasOwn(defaults, name))
  return { ...defaults, ...Object.fromEntries(given) }
}

/** The report that such a request asks for. */
export async function reportOf(
  folder: string,
  options: Asked = {},
  onReject?: (line: RejectedLine) => void,
): Promise<Report> {
  const request = requestOf(folder, options)
  return (await runReport(request, onReject === undefined ? {} : { onReject })).report
}

/** A report over a folder of logs that is read in one of the ways. */
export async function reportBy(
  way: Way,
  folder: string,
  options: Parameters<typeof reportOf>[1] = {},
): Promise<Report> {
  const cache = { root: folder, folder: join(folder, '.cache'), logs: [] }
  const engine = { cache, toolVersion: '0', machineNow: later, threads: way.threads, tuning: tuningOf(way) }
  const read = () => reportOf(folder, { ...options, engine })
  await prepareCache(way, folder, read)
  return await read()
}

// A file that has only just changed is not believed to be at rest.
const later = () => Date.now() + 60_000

/** The JSON form of a report, read as a program would that keeps numbers exact enough for tests. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents as a script would
export function documentOf(report: Report): any {
  return JSON.parse(formatJson(report.document))
}
