// Names of files with {client} and {period} in them: one report for each client that the range has, or one named by its period.
import { createHash } from 'node:crypto'
import { formatDay } from '../../base/calendar.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import type { JsonValue } from '../../base/json.ts'
import type { RunHooks } from '../../engine/engine.ts'
import type { Report, ReportPeriod } from '../../report/model/report.ts'
import type { Host } from '../host.ts'
import type { ReportOptions } from '../request/parameters.ts'
import { buildReportRequest } from '../request/report-request.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { runReport } from './run-report.ts'

const PLACES = ['client', 'period']
const PLACE = /\{([^{}]*)\}/g
/** What no name of a file can hold somewhere. */
const UNSAFE = /[^\p{L}\p{N}._@+-]/gu
const LONGEST = 80

export function hasPlaces(output: string | undefined): boolean {
  return output !== undefined && /\{[^{}]*\}/.test(output)
}

/** The options of each report, with the name of its file. */
export async function namedReports<Options extends ReportOptions>(
  options: Options,
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
): Promise<readonly Options[]> {
  const output = options.output!
  for (const [, name] of output.matchAll(PLACE)) {
    if (PLACES.includes(name!)) continue
    const message = `${optionName('output')} ${JSON.stringify(output)}: there is no {${name}}.`
    throw new UsageError('unknown-place', message, { where: { option: 'output' }, hint: 'Use {client} and {period}.' })
  }
  const { period, document } = await listClients(options, host, workspace, hooks)
  const named = output.replaceAll('{period}', periodName(period))
  if (!named.includes('{client}')) return [{ ...options, output: named }]
  const clients = (document.rows as readonly { readonly client: string | null }[]).map(({ client }) => client)
  return clients.sort(compareNames).map(client => ({
    ...options,
    ...onlyClient(options, client),
    output: named.replaceAll('{client}', fileNameOf(client)),
  }))
}

async function listClients(
  options: ReportOptions,
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
): Promise<Pick<Report, 'period'> & { readonly document: { readonly [key: string]: JsonValue | undefined } }> {
  const { lastDays, lastHours, startDate, endDate, period, timezone, logTimezone } = options
  const { client, user, profile, model, provider, feature, event, status, where } = options
  const { logs, files, fromTallies, sourceFormat, dedupe, threads, cache } = options
  const range = { lastDays, lastHours, startDate, endDate, period, timezone, logTimezone }
  const filters = { client, user, profile, model, provider, feature, event, status, where }
  const input = { logs, files, fromTallies, sourceFormat, dedupe, threads, cache }
  const asked = { ...range, ...filters, ...input, groupBy: ['client'], noCost: true, top: 0 }
  const request = await buildReportRequest(asked, false, host, workspace)
  return (await runReport(request, hooks)).report
}

// A name that a filter would read as a pattern is asked for as a text.
function onlyClient(
  { client, where = [] }: ReportOptions,
  name: string | null,
): Pick<ReportOptions, 'client' | 'where'> {
  const isPlain = name !== null && /^[\w.@+-]+$/.test(name)
  if (isPlain && client === undefined) return { client: [name] }
  const text = name === null ? '' : `"${name.replaceAll('"', '""')}"`
  return { where: [...where, `client=${text}`] }
}

/** A month as 2026-01, a day as 2026-01-31, else the first and the last day; "all" where there is none. */
export function periodName({ firstDay, lastDay }: ReportPeriod): string {
  if (firstDay === null || lastDay === null) return 'all'
  const [first, last] = [formatDay(firstDay), formatDay(lastDay)]
  const isEndOfMonth = formatDay((lastDay + 1) as typeof lastDay).endsWith('-01')
  if (first.endsWith('-01') && isEndOfMonth && first.slice(0, 7) === last.slice(0, 7)) return first.slice(0, 7)
  return first === last ? first : `${first}_${last}`
}

// What was changed, and what differs from another name by case alone, has its hash.
function fileNameOf(client: string | null): string {
  if (client === null) return 'no-client'
  const plain = client.replace(UNSAFE, '_').replace(/^\.+/, '_').slice(0, LONGEST)
  const isOwn = plain === client && client === client.toLowerCase() && client !== 'no-client'
  return isOwn ? plain : `${plain}-${createHash('sha256').update(client).digest('hex').slice(0, 8)}`
}

function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a < b ? -1 : 1
}
