// Makes the answer to a question: the request, the use-case, the text. Runs in a thread of the server.
import { budgetDocuments } from '../../app/alert/budget-documents.ts'
import { settingOptions, workspaceAsking } from '../../app/alert/workspace-asking.ts'
import { listEvents } from '../../app/event/list-events.ts'
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
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for (const piece of pieces) {
    const part = Buffer.from(piece)
    sizeBytes += part.length
    if (sizeBytes > LARGEST_ANSWER_BYTES) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function tooLarge(): ProblemError {
  return new ProblemError({
    status: 413,
    code: 'answer-too-large',
    title: `The answer is larger than ${LARGEST_ANSWER_BYTES / 2 ** 20} MB.`,
    hint: 'Ask for less: a filter, a shorter range, top, or sections.',
  })
}
