// A workspace as programs use it: every use case is a method. Nothing is printed, nothing in the process is changed, and
// neither its environment nor a configuration is read unless asked.
import { resolve } from 'node:path'
import { eventPages } from '../app/event/list-events.ts'
import { checkDocument } from '../app/log/check-document.ts'
import { checkLogs } from '../app/log/check-logs.ts'
import { explainPriceOf } from '../app/price/explain-price.ts'
import { runReport } from '../app/report/run-report.ts'
import { buildCheckRequest } from '../app/request/check-request.ts'
import { buildDashboardRequest } from '../app/request/dashboard-request.ts'
import { buildEventsRequest } from '../app/request/events-request.ts'
import { optionError, parseUtcInstant } from '../app/request/parse-option.ts'
import { buildReportRequest } from '../app/request/report-request.ts'
import type { ReportRequest } from '../app/request/requests.ts'
import { overSettings } from '../app/request/settings-options.ts'
import { buildAllThreatsRequest, buildResolveRequest } from '../app/request/threats-request.ts'
import { findThreats } from '../app/threat/find-threats.ts'
import { resolveThreats } from '../app/threat/resolve-threats.ts'
import * as places from '../app/workspace/workspace.ts'
import { InputError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { explanationDocument } from '../render/price-explanation.ts'
import type {
  CallHooks,
  DocumentOf,
  Known,
  MoneyOf,
  PricedUsage,
  ReportCall,
  Workspace,
  WorkspaceSettings,
} from './api.ts'
import { CallWatch, type RunHooks } from './call-watch.ts'
import { clientsOf } from './clients.ts'
import type { DashboardDocument } from './documents.ts'
import { readGiven, readReportName } from './given-options.ts'
import { libraryHost } from './library-host.ts'
import { CHECK_OPTIONS, DASHBOARD_OPTIONS, DEFAULTS, EVENT_OPTIONS, REPORT_OPTIONS } from './option-lists.ts'
import { type MoneyForm, type PlainValue, plainEvent, plainValue } from './plain-value.ts'
import { profilesOf } from './profiles.ts'

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
  const readOwn = <P extends Parameters<typeof readGiven>[0]>(parameters: P, given: object) => {
    const options = { ...pick(common, parameters), ...readGiven(parameters, given) }
    refuseStdin(options)
    return options
  }
  const read = <P extends Parameters<typeof readGiven>[0]>(parameters: P, given: object) =>
    overSettings(readOwn(parameters, given), parameters, opened.settings)
  const watched = async (call: CallHooks, run: (hooks: RunHooks) => Promise<JsonObject>) => {
    const watch = new CallWatch(call)
    try {
      const document = await run(watch.hooks)
      watch.end()
      return plain(document)
    } catch (error) {
      throw watch.reasonOf(error)
    }
  }
  const run = async (request: ReportRequest, hooks: RunHooks) => (await runReport(request, hooks)).report.document
  return {
    root: folder,
    async report<const Call extends ReportCall>(call?: Known<Call, ReportCall>) {
      const { name, signal, onProgress, ...given }: ReportCall = call ?? {}
      const document = await watched({ signal, onProgress }, async hooks =>
        run(
          await buildReportRequest({ ...read(REPORT_OPTIONS, given), name: readReportName(name) }, false, host, opened),
          hooks,
        ),
      )
      return document as unknown as DocumentOf<Call, MoneyOf<Form>>
    },
    async dashboard({ signal, onProgress, ...given } = {}) {
      const document = await watched({ signal, onProgress }, async hooks =>
        run(await buildDashboardRequest(read(DASHBOARD_OPTIONS, given), false, host, opened), hooks),
      )
      return document as unknown as DashboardDocument<MoneyOf<Form>>
    },
    async *events({ signal, onProgress, ...given } = {}) {
      const watch = new CallWatch({ signal, onProgress })
      try {
        const request = await buildEventsRequest(read(EVENT_OPTIONS, given), host, opened)
        for await (const { events, failures } of eventPages(request, request.page, watch.hooks)) {
          const [first] = failures
          if (first !== undefined) throw incomplete(first)
          for (const { object } of events) {
            watch.check()
            yield plainEvent(object, money)
          }
        }
        watch.end()
      } catch (error) {
        throw watch.reasonOf(error)
      }
    },
    async check({ signal, onProgress, ...given } = {}) {
      return await watched({ signal, onProgress }, async hooks => {
        // The zone of reports, which the configuration sets, is not that of files.
        const { timezone } = readOwn(CHECK_OPTIONS, given)
        const options = { ...read(CHECK_OPTIONS, given), timezone }
        const request = await buildCheckRequest(options, host, opened)
        return checkDocument(await checkLogs(request, hooks))
      })
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
    threats: {
      async resolve(ids, { note } = {}) {
        const all = await buildAllThreatsRequest({}, host, opened)
        const request = await buildResolveRequest({ ids, note }, host, opened)
        return await resolveThreats(request, async () => (await findThreats(all)).threats)
      },
    },
    profiles: profilesOf(folder, host),
    clients: clientsOf(folder, host),
  }
}

// A list of events has no ledger that could say what is missing.
function incomplete({ file, message, hint }: Record<'file' | 'message' | 'hint', string>): InputError {
  return new InputError('incomplete', `${file} ${message}.`, { where: { file }, hint })
}

function refuseStdin({ logs = [] }: { readonly logs?: readonly string[] }): void {
  if (!logs.includes('-')) return
  throw optionError('logs', '-', 'the library does not read standard input', 'Name a file or a folder.')
}

function usageOf(usage: PricedUsage) {
  const { input = 0, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0, output = 0, reasoning = 0, checks = 0 } = usage
  return { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning, checks }
}

function pick(options: object, parameters: object): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(parameters, name)))
}
