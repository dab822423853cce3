// usagebook report: who used what, at what cost.
import { type Page, PagePlace } from '../../app/report/kept-page.ts'
import { hasPlaces } from '../../app/report/named-reports.ts'
import {
  type AskedReport,
  askOpened,
  buildReport,
  lookAgain,
  type OpenedReport,
  openReport,
} from '../../app/report/run-report.ts'
import { checksThatFail } from '../../app/request/checks.ts'
import type { ReportOptions } from '../../app/request/parameters.ts'
import { buildReportRequest } from '../../app/request/report-request.ts'
import type { ReportRequest } from '../../app/request/requests.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { type Format, isForReading, type RenderOptions, renderReport } from '../../render/render.ts'
import { REPORT_NAMES, REPORTS } from '../../report/catalogue.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { isLogsWord } from '../flags/logs-word.ts'
import { MAIL_FLAGS } from '../flags/mail-flags.ts'
import * as flags from '../flags/report-flags.ts'
import type { MailFlags } from '../output/mail-output.ts'
import { eachNamed } from '../output/named-files.ts'
import { outputOf } from '../output/output-file.ts'
import { withProgress } from '../output/progress.ts'
import { withRejects } from '../output/rejects-file.ts'
import { renderOptions } from '../output/render-options.ts'
import { concludeReport, type Quietable } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'

/** Forms that do not say when they were made, or say it in one place. */
const KEPT: readonly Format[] = ['text', 'json', 'jsonl', 'csv', 'tsv', 'md']

export const command = defineCommand({
  words: ['report'],
  summary: 'who used what, at what cost',
  description:
    'The usage report, by client, user, profile, model and date. Without a range it shows all there is. The word "report" may be left out.',
  arguments: [
    {
      name: 'name',
      help: `which report; usage is the default. ${REPORTS.map(({ name, summary }) => `${name}: ${summary}`).join('; ')}`,
      isOptional: true,
      choices: REPORT_NAMES,
    },
    LOGS_ARGUMENT,
  ],
  flags: [
    ...flags.RANGE_FLAGS,
    ...flags.FILTER_FLAGS,
    ...flags.INPUT_FLAGS,
    ...flags.ELSEWHERE_FLAGS,
    ...flags.OUTPUT_FLAGS,
    ...flags.MONEY_FLAGS,
    ...flags.CHECK_FLAGS,
    ...MAIL_FLAGS,
  ],
  examples: [
    ['usagebook --last-days 7', 'the last seven days and today so far'],
    ['usagebook --period last-month --client diageo -o reports/diageo.csv', "a client's month for a spreadsheet"],
    ['usagebook --period last-month -o reports/{client}-{period}.csv', 'a file for each client'],
    [
      'usagebook report --period last-week --mail finance --mail-attach csv',
      'a week by mail, to a target of alerts.json',
    ],
    ['usagebook --period 2026-01 --group-by client,day --format json', 'one flat table for a script'],
  ],
  exitCodes: { 1: EXIT_CODES[1]!, 3: EXIT_CODES[3]! },
  async run(typed, context, workspace) {
    const options = splitNames(typed, context)
    if (hasPlaces(options.output)) outputOf(options, context)
    return await eachNamed(options, context, workspace, one => showOrSend(one, context, workspace))
  },
})

/** What is sent is shown only where a file was asked for. */
async function showOrSend(
  options: ReportOptions & MailFlags & Parameters<typeof showReport>[0],
  context: Context,
  workspace: Workspace,
): Promise<number> {
  const { mail, mailAttach, output } = options
  const build = (isRead: boolean) => buildReportRequest(options, isRead, context, workspace)
  if (mail === undefined) {
    if (mailAttach !== undefined) throw attachedToNothing()
    return await showReport(options, context, build)
  }
  const { sendReport } = await import('../output/mail-output.ts')
  const shown = output === undefined ? 0 : await showReport(options, context, build)
  const sent = await sendReport(output === undefined ? options : { ...options, quiet: true }, context, workspace, build)
  return sent === 0 ? shown : sent
}

function attachedToNothing(): UsageError {
  return new UsageError('attach-needs-mail', `${optionName('mailAttach')} needs ${optionName('mail')}.`, {
    where: { option: 'mailAttach' },
    hint: `Say whom to send it to: ${optionName('mail')} TARGET.`,
  })
}

/** Asks for a report and writes it. `build` is told whether somebody will read it, who wants the first rows only. */
export async function showReport(
  options: ReportOptions & Quietable & Parameters<typeof renderOptions>[0],
  context: Context,
  build: (isForReading: boolean) => Promise<ReportRequest>,
): Promise<number> {
  const { file, format } = outputOf(options, context)
  const request = await build(isForReading(format))
  const look = renderOptions(options, format, file !== undefined, context)
  const answer = await withRejects(options, context, rejects =>
    withProgress(context, options.quiet === true, progress => ask(request, look, context, { ...progress, ...rejects })),
  )
  const { asked } = answer
  const page = answer.kept ?? (await makePage(request, answer.asked, look, answer.place))
  const refusals = checksThatFail(page, options)
  if (file === undefined) await writeStdout(context, page.text)
  else if (refusals.length === 0) await writeFileWhole(file, page.text, context.onInterrupt)
  const whole = asked && { files: asked.files, ledger: asked.answers.tally.ledger, kinds: asked.questions[0]!.kinds }
  return await concludeReport({ page, asked: whole, request, format, file, refusals }, options, context)
}

/** `usagebook app.jsonl`: what is no report but logs stands where the report's name does. */
function splitNames<Options extends ReportOptions>(options: Options, { cwd }: Context): Options {
  const { name, files = [] } = options
  const isLogs = name !== undefined && !REPORT_NAMES.includes(name) && isLogsWord(name, cwd)
  return isLogs ? { ...options, name: undefined, files: [name, ...files] } : options
}

type Answer =
  | { readonly kept: Page; readonly place: PagePlace; readonly asked?: undefined }
  | { readonly kept?: undefined; readonly place: PagePlace | undefined; readonly asked: AskedReport }

/** The page that was kept of the same question about the same logs, or else what one is made of. */
async function ask(
  request: ReportRequest,
  look: RenderOptions,
  context: Context,
  hooks: Parameters<typeof openReport>[1],
): Promise<Answer> {
  const opened = await openReport(request, hooks)
  const place = hooks.onReject === undefined ? placeOf(request, opened, look, context) : undefined
  const kept = place?.read()
  if (place !== undefined && kept !== undefined) return { kept, place }
  return { place, asked: await askOpened(request, opened, hooks) }
}

async function makePage(
  request: ReportRequest,
  asked: AskedReport,
  look: RenderOptions,
  place: PagePlace | undefined,
): Promise<Page> {
  const report = buildReport(request, await lookAgain(request, asked))
  // One by one, because the report makes some of its parts only when they are asked for.
  const { notes, unpricedAnalyses, ledger } = report
  const page = { text: await renderReport(report, look), notes, unpricedAnalyses, ledger }
  return place === undefined ? page : { ...page, text: place.keep(page) }
}

function placeOf(
  request: ReportRequest,
  opened: OpenedReport,
  look: RenderOptions,
  { program }: Context,
): PagePlace | undefined {
  if (program === undefined || !KEPT.includes(look.format)) return undefined
  const stamp = look.format === 'json' ? formatInstantUtc(request.now) : undefined
  return PagePlace.find(request, opened, { options: look, program, stamp })
}
