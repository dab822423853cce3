// A workspace as programs use it: every use-case as a method. Nothing is printed, nothing of the process is changed, and
// neither its environment nor a configuration is read unless asked.
import { resolve } from 'node:path'
import { eventPages } from '../app/event/list-events.ts'
import { checkDocument } from '../app/log/check-document.ts'
import { checkLogs } from '../app/log/check-logs.ts'
import { explainPriceOf } from '../app/price/explain-price.ts'
import { runReport } from '../app/report/run-report.ts'
import { buildDashboardRequest } from '../app/request/dashboard-request.ts'
import { buildEventsRequest } from '../app/request/events-request.ts'
import { buildLogRequest } from '../app/request/log-request.ts'
import { parseUtcInstant } from '../app/request/parse-option.ts'
import { buildReportRequest } from '../app/request/report-request.ts'
import type { ReportRequest } from '../app/request/requests.ts'
import { overSettings } from '../app/request/settings-options.ts'
import * as places from '../app/workspace/workspace.ts'
import { InputError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { explanationDocument } from '../render/price-explanation.ts'
import type { CallHooks, DocumentOf, MoneyOf, PricedUsage, ReportCall, Workspace, WorkspaceSettings } from './api.ts'
import { clientsOf } from './clients.ts'
import type { DashboardDocument } from './documents.ts'
import { readGiven } from './given-options.ts'
import { libraryHost } from './library-host.ts'
import { CHECK_OPTIONS, DASHBOARD_OPTIONS, DEFAULTS, EVENT_OPTIONS, REPORT_OPTIONS } from './option-lists.ts'
import { type MoneyForm, type PlainValue, plainValue } from './plain-value.ts'
import { profilesOf } from './profiles.ts'
import { runHooks } from './run-hooks.ts'

/** Opens the workspace in a folder. */
export async function openWorkspace<Form extends MoneyForm = 'number'>(
  root: string,
  settings: WorkspaceSettings<Form> = {},
): Promise<Workspace<Form>> {
  const { configuration, cache, money = 'number', environment, now, ...defaults } = settings
  const folder = resolve(root)
  const host = libraryHost(folder, { environment, now, cache })
  const opened = await places.openWorkspace(
    {
      root: folder,
      noConfig: configuration !== true,
      config: typeof configuration === 'string' ? configuration : undefined,
    },
    { cwd: folder, environment: {} },
  )
  const common = { cache: cache !== undefined || environment !== undefined, ...readGiven(DEFAULTS, defaults) }
  const plain = (document: JsonObject) => plainValue(document, money) as { [key: string]: PlainValue }
  const read = <P extends Parameters<typeof readGiven>[0]>(parameters: P, given: object) =>
    overSettings({ ...pick(common, parameters), ...readGiven(parameters, given) }, parameters, opened.settings)
  const run = async (request: ReportRequest, hooks: CallHooks) => {
    const { report } = await runReport(request, runHooks(hooks))
    hooks.signal?.throwIfAborted()
    return plain(report.document)
  }
  return {
    root: folder,
    async report<Call extends ReportCall>(call?: Call) {
      const { name, signal, onProgress, ...given } = call ?? ({} as Call)
      signal?.throwIfAborted()
      const options = { ...read(REPORT_OPTIONS, given), name }
      const document = await run(await buildReportRequest(options, false, host, opened), { signal, onProgress })
      return document as unknown as DocumentOf<Call, MoneyOf<Form>>
    },
    async dashboard({ signal, onProgress, ...given } = {}) {
      signal?.throwIfAborted()
      const request = await buildDashboardRequest(read(DASHBOARD_OPTIONS, given), false, host, opened)
      return (await run(request, { signal, onProgress })) as unknown as DashboardDocument<MoneyOf<Form>>
    },
    async *events({ signal, onProgress, ...given } = {}) {
      signal?.throwIfAborted()
      const request = await buildEventsRequest(read(EVENT_OPTIONS, given), host, opened)
      for await (const { events, failures } of eventPages(request, request.order, runHooks({ signal, onProgress }))) {
        const [first] = failures
        if (first !== undefined)
          throw new InputError('incomplete', `${first.file} ${first.message}.`, {
            where: { file: first.file },
            hint: first.hint,
          })
        for (const { object } of events) {
          signal?.throwIfAborted()
          yield plain(object)
        }
      }
    },
    async check({ signal, onProgress: _, ...given } = {}) {
      signal?.throwIfAborted()
      const logs = await buildLogRequest({ ...read(CHECK_OPTIONS, given) }, host, opened)
      return plain(checkDocument(await checkLogs({ ...logs, root: folder })))
    },
    prices: {
      async explain(model, { provider = null, serviceTier = null, at, usage } = {}) {
        const instant = at instanceof Date ? at.toISOString() : at
        const asked = {
          model,
          provider,
          serviceTier,
          at: instant === undefined ? host.now() : parseUtcInstant(instant, 'at'),
          ...(usage === undefined ? {} : { usage: usageOf(usage) }),
        }
        return plain(explanationDocument(await explainPriceOf(folder, asked)))
      },
    },
    profiles: profilesOf(folder, host),
    clients: clientsOf(folder, host),
  }
}

function usageOf(usage: PricedUsage) {
  const { input = 0, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0, output = 0, reasoning = 0, checks = 0 } = usage
  return { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning, checks }
}

function pick(options: object, parameters: object): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(parameters, name)))
}
