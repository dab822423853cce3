// Makes the answer to a question: the request, the use-case, the text. Runs in a thread of the server.
import { budgetDocuments } from '../../app/alert/budget-documents.ts'
import { settingOptions, workspaceAsking } from '../../app/alert/workspace-asking.ts'
import { listEvents } from '../../app/event/list-events.ts'
import { type ChargebackOptions, chargePeriod } from '../../app/export/export-chargeback.ts'
import { aboutOf, EVENT_EXPORT_COLUMNS, exportEvents } from '../../app/export/export-events.ts'
import { exportFocus } from '../../app/export/export-focus.ts'
import { metricsText } from '../../app/export/metrics.ts'
import type { Host } from '../../app/host.ts'
import { runReport } from '../../app/report/run-report.ts'
import { checksThatFail } from '../../app/request/checks.ts'
import { buildDashboardRequest } from '../../app/request/dashboard-request.ts'
import { buildEventsRequest } from '../../app/request/events-request.ts'
import { buildLogRequest } from '../../app/request/log-request.ts'
import { buildReportRequest } from '../../app/request/report-request.ts'
import { findThreats } from '../../app/threat/find-threats.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { formatJson } from '../../base/json.ts'
import { statementText } from '../../export/chargeback/statement-document.ts'
import { eventsCsv } from '../../export/events/events-csv.ts'
import { makeParquet } from '../../export/events/events-parquet.ts'
import type { Failure } from '../../query/ledger.ts'
import { renderDashboard } from '../../render/html/dashboard.ts'
import { renderEventsPanel } from '../../render/html/events-panel.ts'
import { renderFragment } from '../../render/html.ts'
import { isForReading, renderReport } from '../../render/render.ts'
import { buildEventsReport } from '../../report/event/events-report.ts'
import type { Report } from '../../report/model/report.ts'
import { ProblemError } from '../problem.ts'
import { healthText } from './health-text.ts'
import { makePageLinks } from './page-links.ts'
import type { AnswerNotes, Question, ReportQuestion } from './question.ts'

/** More would be too much for a page or a program at once. */
export const LARGEST_ANSWER_BYTES = 64 * 2 ** 20

export async function makeAnswer(
  question: Question,
  host: Host,
  workspace: Workspace,
): Promise<{ readonly body: Uint8Array; readonly notes: AnswerNotes }> {
  if (question.kind === 'health') {
    return { body: Buffer.from(await healthText(question.scope, host, workspace)), notes: { refusals: [] } }
  }
  // The application has yet to write some.
  const live: Workspace = { ...workspace, mayHaveNoLogs: true }
  if (question.kind === 'threats') {
    const request = await buildLogRequest(question.options, host, live, { scope: question.scope })
    const { threats } = await findThreats(request)
    return { body: bytesOf([JSON.stringify(threats)]), notes: { refusals: [] } }
  }
  if (question.kind === 'budgets') {
    const document = await budgetDocuments(question, workspaceAsking(host, live, question.scope))
    return { body: bytesOf([`${formatJson(document, 0)}\n`]), notes: { refusals: [] } }
  }
  if (question.kind === 'metrics') {
    const { form, byUser, maxSeries, scope } = question
    const request = {
      options: settingOptions(live),
      host,
      workspace: live,
      scope,
      byUser,
      maxSeries,
      note: () => undefined,
    }
    return { body: bytesOf([(await metricsText(request, form)).text]), notes: { refusals: [] } }
  }
  if (question.kind === 'charges') return await chargesOf(question.options, host, live)
  if (question.kind === 'focus' || question.kind === 'event-file') return await makeFile(question, host, live)
  const { report, notes } = await reportOf(question, host, live)
  const { format, look = {} } = question
  if (format === 'fragment') return { body: bytesOf([fragmentOf(report, question)]), notes }
  const text = await renderReport(report, {
    format,
    width: undefined,
    colorLevel: 0,
    hasUnicode: true,
    columns: look.columns ?? null,
    hasHeader: look.header !== false,
    hasBom: look.bom === true,
  })
  return { body: bytesOf(text), notes }
}

async function reportOf(
  question: ReportQuestion,
  host: Host,
  workspace: Workspace,
): Promise<{ readonly report: Report; readonly notes: AnswerNotes }> {
  const { scope, format } = question
  if (question.kind === 'events') {
    const paging = { after: question.after, wantsNext: true }
    const request = await buildEventsRequest(question.options, host, workspace, scope, paging)
    const answer = await listEvents(request, {})
    const { filter, page, now } = request
    const { range, zone, asGiven: filters } = filter
    const report = buildEventsReport({ ...page, ...answer, range, zone, filters, now })
    return { report, notes: { total: answer.total, next: answer.next, refusals: [] } }
  }
  if (question.kind === 'dashboard') {
    const request = await buildDashboardRequest(question.options, isRead(format), host, workspace, scope)
    return { report: (await runReport(request, {})).report, notes: { refusals: [] } }
  }
  const request = await buildReportRequest(question.options, isRead(format), host, workspace, scope)
  const { report } = await runReport(request, {})
  return { report, notes: { refusals: checksThatFail(report, question.options) } }
}

// What is charged is worked out here, and kept by whoever asked: this answer is kept for the next who asks.
async function chargesOf(
  options: ChargebackOptions,
  host: Host,
  workspace: Workspace,
): Promise<{ readonly body: Uint8Array; readonly notes: AnswerNotes }> {
  const { usage, refusals, charged } = await chargePeriod(options, host, workspace, {})
  if (refusals.length > 0) return { body: bytesOf([]), notes: { refusals } }
  if (charged === undefined) throw unreadable(usage.report.ledger)
  const { key, statements, source } = charged
  const texts = statements.map(statement => statementText(statement, source))
  return { body: bytesOf([formatJson({ key, source: { ...source }, texts }, 0)]), notes: { refusals } }
}

// Files for other programs: the same bytes as on the command line.
async function makeFile(
  question: Extract<Question, { readonly kind: 'focus' | 'event-file' }>,
  host: Host,
  workspace: Workspace,
): Promise<{ readonly body: Uint8Array; readonly notes: AnswerNotes }> {
  if (question.kind === 'focus') {
    const { refusals, pieces, usage } = await exportFocus(question.options, host, workspace, {}, question.scope)
    if (pieces === undefined && refusals.length === 0) throw unreadable(usage.report.ledger)
    return { body: bytesOf(refusals.length > 0 ? [] : pieces!), notes: { refusals } }
  }
  const { options, scope, ending } = question
  const request = await buildLogRequest(options, host, workspace, { scope })
  const sized = new SizedParts()
  const parquet = ending === 'csv' ? undefined : await makeParquet(EVENT_EXPORT_COLUMNS, aboutOf(request))
  const file = parquet ?? eventsCsv(EVENT_EXPORT_COLUMNS, piece => sized.add(Buffer.from(piece)))
  const ledger = await exportEvents(request, file, {})
  file.end()
  const refusals = checksThatFail({ ledger, unpricedAnalyses: 0 }, options)
  return { body: parquet === undefined ? sized.bytes() : sized.add(parquet.bytes()).bytes(), notes: { refusals } }
}

function fragmentOf(report: Report, question: ReportQuestion): string {
  const links = makePageLinks(question.links!)
  if (question.kind === 'dashboard') return renderDashboard(report, links)
  if (question.kind === 'report') return renderFragment(report, links)
  return renderEventsPanel(report, links, question.options.session === undefined ? 'Last events' : 'Step by step')
}

function isRead(format: Question['format']): boolean {
  return format !== 'fragment' && isForReading(format)
}

function bytesOf(pieces: Iterable<string>): Uint8Array {
  const parts = new SizedParts()
  for (const piece of pieces) parts.add(Buffer.from(piece))
  return parts.bytes()
}

class SizedParts {
  private readonly parts: Uint8Array[] = []
  private sizeBytes = 0

  add(part: Uint8Array): this {
    this.sizeBytes += part.length
    if (this.sizeBytes > LARGEST_ANSWER_BYTES) throw tooLarge()
    this.parts.push(part)
    return this
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.parts)
  }
}

function unreadable({ failures: [first] }: { readonly failures: readonly Failure[] }): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'incomplete',
    title: `${first!.file} ${first!.message}.`,
    hint: first!.hint,
  })
}

function tooLarge(): ProblemError {
  return new ProblemError({
    status: 413,
    code: 'answer-too-large',
    title: `The answer is larger than ${LARGEST_ANSWER_BYTES / 2 ** 20} MB.`,
    hint: 'Ask for less: a filter, a shorter range, top, or sections.',
  })
}
