// usagebook dashboard: every metric of a range in one document.
import { resolve } from 'node:path'
import { runReport } from '../../app/run-report.ts'
import { UsageError } from '../../base/errors.ts'
import { formatJson } from '../../base/json.ts'
import { ColumnNames } from '../../query/columns.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import { DASHBOARD_RANGES, type DashboardRange, dashboardRange } from '../../query/dashboard-range.ts'
import { parseRange } from '../../query/range.ts'
import { dashboardDefinition } from '../../report/dashboard-report.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import type { Command, Options } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { type Flag, oneOf } from '../flag.ts'
import { buildLogRequest } from '../log-request.ts'
import * as flags from '../report-flags.ts'
import { sayWarnings, sayWhatIsMissing } from '../report-outcome.ts'
import { DEFAULT_IDLE_MS } from '../report-request.ts'
import { writeStdout } from '../write-stdout.ts'

const DEFAULT_RANGE: DashboardRange = '24h'

const RANGE_FLAGS: readonly Flag[] = [
  {
    name: 'range',
    value: 'RANGE',
    group: 'Range',
    help: `${DASHBOARD_RANGES.join(', ')}, up to now; default ${DEFAULT_RANGE}`,
    parse: oneOf(DASHBOARD_RANGES),
    choices: DASHBOARD_RANGES,
  },
  ...flags.RANGE_FLAGS.filter(({ name }) => name.includes('timezone')),
  { name: 'start-date', aliases: ['start'], value: 'DATE', group: 'Range', help: 'from this day or instant on' },
  { name: 'end-date', aliases: ['end'], value: 'DATE', group: 'Range', help: 'to the end of this day, or an instant' },
]

export const command: Command = {
  words: ['dashboard'],
  summary: 'every metric of a range in one document, for a page to draw',
  description: 'JSON of the same shape for any logs, empty ones too: by hours up to two days, by days beyond.',
  flags: [
    ...RANGE_FLAGS,
    ...flags.FILTER_FLAGS,
    ...flags.INPUT_FLAGS,
    ...flags.OUTPUT_FLAGS.filter(({ name }) => name === 'output' || name === 'idle'),
    ...flags.MONEY_FLAGS.filter(({ name }) => name === 'cost'),
  ],
  examples: [
    ['usagebook dashboard --range 7d', 'the last seven days, today included'],
    ['usagebook dashboard --start 2026-01-01 --end 2026-01-31 -o january.json', 'a month, into a file'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const name = rangeName(options)
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
        top: null,
        sort: null,
        sections: null,
      },
      {},
    )
    const text = [formatJson(report.document), '\n']
    const output = options.output as string | undefined
    if (output === undefined || output === '-') await writeStdout(context, text)
    else writeFileWhole(resolve(context.cwd, output), text)
    sayWarnings(report, options, context)
    if (report.ledger.used === 0) await sayWhatIsMissing(logs, 'all', files, options, context)
    return report.ledger.failures.length > 0 ? 1 : 0
  },
}

function rangeName(options: Options): DashboardRange | 'custom' {
  const name = options.range as DashboardRange | undefined
  const hasDates = options.startDate !== undefined || options.endDate !== undefined
  if (!hasDates) return name ?? DEFAULT_RANGE
  if (name === undefined) return 'custom'
  throw new UsageError('range-twice', '--range and --start or --end both say the range.', {
    where: { flag: '--range' },
    hint: 'Use one of them: leave --range out.',
  })
}
