// The tool `report`: any report, as --format json writes it.
import { runReport } from '../../app/report/run-report.ts'
import { type Parameter, RANGE } from '../../app/request/parameters.ts'
import { buildReportRequest } from '../../app/request/report-request.ts'
import { overSettings } from '../../app/request/settings-options.ts'
import { CallWatch } from '../../library/call-watch.ts'
import { readGiven, readReportName } from '../../library/given-options.ts'
import { REPORT_OPTIONS } from '../../library/option-lists.ts'
import { plainValue } from '../../library/plain-value.ts'
import { ColumnNames } from '../../query/columns.ts'
import { REPORT_NAMES, REPORTS } from '../../report/catalogue.ts'
import type { Desk } from '../desk.ts'
import type { Document } from '../document-page.ts'
import { CURSOR, documentPage } from '../paging.ts'
import { reportSchema } from '../schemas.ts'
import type { Tool, ToolCall } from '../tool.ts'

// Callers have no say in the files that are read, nor in the threads.
const { logs: _logs, threads: _threads, cache: _cache, ...OPTIONS } = REPORT_OPTIONS
const NAME = {
  name: {
    value: 'REPORT',
    help: 'which report; usage where none is named',
    choices: REPORT_NAMES,
    parse: (text: string) => readReportName(text)!,
  },
} as const satisfies Readonly<Record<string, Parameter>>

export const report: Tool = {
  name: 'report',
  title: 'Usage report',
  description: `Reports from the usage logs of applications that call language models, with exact numbers. By name: ${REPORTS.map(({ name, summary }) => `${name} (${summary})`).join('; ')}. Costs are in US dollars, unless a currency is asked for. A range is best given by lastDays or period.`,
  parameters: { ...NAME, ...RANGE, ...OPTIONS, ...CURSOR },
  answerSchema: reportSchema,
  async answer(given, call) {
    readGiven(report.parameters, given)
    return await documentPage({ tool: report.name, given }, call, () => makeReport(given, call))
  },
}

async function makeReport(given: object, { desk, scope, hooks }: ToolCall): Promise<Document> {
  const watch = new CallWatch(hooks)
  try {
    const workspace = await desk.openWorkspace()
    const { cursor: _, ...options } = readGiven({ ...NAME, ...OPTIONS, ...CURSOR }, given)
    const merged = overSettings(namedAsFields(options, desk), OPTIONS, workspace.settings)
    const request = desk.opened(await buildReportRequest(merged, false, desk.host, workspace, scope))
    for (const { column } of request.view.groupBy ?? []) desk.fields.refuseHidden(column, 'groupBy')
    const { report: made } = await runReport(request, watch.hooks)
    watch.end()
    return plainValue(made.document, 'number') as Document
  } catch (error) {
    throw watch.reasonOf(error)
  }
}

// A row is keyed by the field as it was asked for; names are hidden by the name of the field.
function namedAsFields<Options extends { readonly groupBy?: readonly string[] | undefined }>(
  options: Options,
  { names }: Desk,
): Options {
  const { groupBy } = options
  if (groupBy === undefined) return options
  const columnOf = (name: string) => new ColumnNames().keyColumn(name, 'groupBy').column
  return { ...options, groupBy: groupBy.map(name => (names.hides(columnOf(name)) ? columnOf(name) : name)) }
}
