// usagebook dashboard: every metric of a range in one document.
import { runReport } from '../../app/report/run-report.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { ColumnNames } from '../../query/columns.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import { DASHBOARD_RANGES, type DashboardRange, dashboardRange } from '../../query/dashboard-range.ts'
import { parseRange } from '../../query/range.ts'
import { type Format, renderReport } from '../../render/render.ts'
import { dashboardDefinition } from '../../report/dashboard-report.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import type { Command, Options } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { type Flag, oneOf, optionKey } from '../flags/flag.ts'
import * as flags from '../flags/report-flags.ts'
import { LOGS_ARGUMENT } from '../log-places.ts'
import { buildLogRequest } from '../log-request.ts'
import { outputOf } from '../output/output-file.ts'
import { renderOptions } from '../output/render-options.ts'
import { sayWarnings, sayWhatIsMissing } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'
import { DEFAULT_IDLE_MS, TEXT_ROWS } from '../report-request.ts'

const DEFAULT_RANGE: DashboardRange = '24h'
const DEFAULT_FORMAT: Format = 'json'

const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = { 'start-date': ['start'], 'end-date': ['end'] }

const RANGE_FLAGS: readonly Flag[] = [
  {
    name: 'range',
    value: 'RANGE',
    group: 'Range',
    help: `${DASHBOARD_RANGES.join(', ')}, up to now; default ${DEFAULT_RANGE}`,
    parse: oneOf(DASHBOARD_RANGES),
    choices: DASHBOARD_RANGES,
  },
  ...flags.RANGE_FLAGS.map(flag => ({
    ...flag,
    aliases: [...(flag.aliases ?? []), ...(SHORT_NAMES[flag.name] ?? [])],
  })),
]

export const command: Command = {
  words: ['dashboard'],
  summary: 'every metric of a range in one document, for a page to draw',
  description: 'JSON of the same shape for any logs, empty ones too: by hours up to two days, by days beyond.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...RANGE_FLAGS,
    ...flags.FILTER_FLAGS,
    ...flags.INPUT_FLAGS,
    ...flags.OUTPUT_FLAGS.filter(({ name }) => ['format', 'output', 'idle'].includes(name)).map(withOwnDefault),
    ...flags.MONEY_FLAGS.filter(({ name }) => name === 'cost'),
  ],
  examples: [
    ['usagebook dashboard --range 7d', 'the last seven days, today included'],
    ['usagebook dashboard --start 2026-01-01 --end 2026-01-31 -o january.json', 'a month, into a file'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const name = rangeName(options)
    const { file, format } = outputOf(options, context, DEFAULT_FORMAT)
    const logs = await buildLogRequest(options, context, workspace, new ColumnNames(), (zone, now) =>
      name === 'custom' ? parseRange(options, zone, now) : dashboardRange(name, zone, now),
    )
    const { report, files } = await runReport(
      {
        ...logs,
        report: dashboardDefinition(name),
        compareWith: null,
        cost: (options.cost as CostMode | undefined) ?? 'auto',
        currency: null,
        currencies: undefined,
        groupBy: null,
        by: [],
        idleMs: (options.idle as number | undefined) ?? DEFAULT_IDLE_MS,
        top: format === 'text' || format === 'md' ? TEXT_ROWS : null,
        sort: null,
        sections: null,
      },
      {},
    )
    const text = await renderReport(report, renderOptions(options, format, file !== undefined, context))
    if (file === undefined) await writeStdout(context, text)
    else await writeFileWhole(file, text, context.onInterrupt)
    if (format !== 'text' || file !== undefined) sayWarnings(report, options, context)
    if (report.ledger.used === 0)
      await sayWhatIsMissing(logs, { files, ledger: report.ledger, kinds: 'all' }, options, context)
    return report.ledger.failures.length > 0 ? 1 : 0
  },
}

function rangeName(options: Options): DashboardRange | 'custom' {
  const name = options.range as DashboardRange | undefined
  const other = flags.RANGE_FLAGS.find(
    flag => !flag.name.includes('timezone') && options[optionKey(flag.name)] !== undefined,
  )
  if (other === undefined) return name ?? DEFAULT_RANGE
  if (name === undefined) return 'custom'
  throw new UsageError(
    'range-twice',
    `${optionName('range')} and ${optionName(optionKey(other.name))} both say the range.`,
    {
      where: { option: 'range' },
      hint: 'Use one of them: leave --range out.',
    },
  )
}

function withOwnDefault(flag: Flag): Flag {
  return flag.name === 'format'
    ? { ...flag, help: flag.help.replace('default text', `default ${DEFAULT_FORMAT}`) }
    : flag
}
