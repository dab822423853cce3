// usagebook dashboard: every metric of a range in one document.
import { runReport } from '../../app/report/run-report.ts'
import { buildDashboardRequest } from '../../app/request/dashboard-request.ts'
import { DASHBOARD, RANGE } from '../../app/request/parameters.ts'
import { type Format, isForReading, renderReport } from '../../render/render.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { flagsOfParameters } from '../flags/flag.ts'
import * as flags from '../flags/report-flags.ts'
import { outputOf } from '../output/output-file.ts'
import { renderOptions } from '../output/render-options.ts'
import { sayWarnings, sayWhatIsMissing } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'

const DEFAULT_FORMAT: Format = 'json'

const RANGE_FLAGS = [
  ...flagsOfParameters('Range', DASHBOARD),
  ...flagsOfParameters('Range', RANGE, {
    startDate: { aliases: ['since', 'start'] },
    endDate: { aliases: ['until', 'end'] },
  }),
]

const OUTPUT_FLAGS = flags.only(flags.OUTPUT_FLAGS, 'format', 'output', 'idle')

export const command = defineCommand({
  words: ['dashboard'],
  summary: 'every metric of a range in one document, for a page to draw',
  description: 'JSON of the same shape for any logs, empty ones too: by hour for up to two days, by day beyond that.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...RANGE_FLAGS,
    ...flags.FILTER_FLAGS,
    ...flags.INPUT_FLAGS,
    ...OUTPUT_FLAGS.map(withOwnDefault),
    ...flags.only(flags.MONEY_FLAGS, 'cost'),
  ],
  examples: [
    ['usagebook dashboard --range 7d', 'the last seven days, today included'],
    ['usagebook dashboard --start 2026-01-01 --end 2026-01-31 -o january.json', 'a month, into a file'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const { file, format } = outputOf(options, context, DEFAULT_FORMAT)
    const request = await buildDashboardRequest(options, isForReading(format), context, workspace)
    const { report, files } = await runReport(request, {})
    const text = await renderReport(report, renderOptions(options, format, file !== undefined, context))
    if (file === undefined) await writeStdout(context, text)
    else await writeFileWhole(file, text, context.onInterrupt)
    if (format !== 'text' || file !== undefined) sayWarnings(report, options, context)
    if (report.ledger.used === 0)
      await sayWhatIsMissing(request, { files, ledger: report.ledger, kinds: 'all' }, options, context)
    return report.ledger.failures.length > 0 ? 1 : 0
  },
})

function withOwnDefault(flag: (typeof OUTPUT_FLAGS)[number]) {
  return flag.name === 'format'
    ? { ...flag, help: flag.help.replace('default text', `default ${DEFAULT_FORMAT}`) }
    : flag
}
