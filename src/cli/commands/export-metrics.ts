// usagebook export metrics
import { resolve } from 'node:path'
import { DEFAULT_SERIES, metricsText } from '../../app/export/metrics.ts'
import { oneOf, wholeNumber } from '../../app/request/parse-option.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand } from '../command.ts'
import { noteOf } from '../flags/profile-flags.ts'
import * as flags from '../flags/report-flags.ts'
import { writeFailures } from '../output/prune-output.ts'

const FORMS = ['prometheus', 'openmetrics', 'emf'] as const

const FLAGS = [
  {
    name: 'as',
    value: 'FORM',
    group: 'Output',
    help: 'prometheus, openmetrics or emf (of CloudWatch); default prometheus',
    parse: oneOf(FORMS),
    choices: FORMS,
  },
  {
    name: 'output',
    short: 'o',
    value: 'FILE',
    group: 'Output',
    help: 'write to this file, which is replaced in one step, instead of standard output',
  },
  { name: 'by-user', group: 'Output', help: 'users are a label too' },
  {
    name: 'max-series',
    value: 'N',
    group: 'Output',
    help: `so many groups have labels of their own, the rest is "other"; default ${DEFAULT_SERIES}`,
    parse: wholeNumber(1),
  },
  ...flags.only(flags.RANGE_FLAGS, 'timezone', 'log-timezone'),
  ...flags.only(flags.INPUT_FLAGS, 'logs', 'source-format', 'dedupe', 'threads', 'cache'),
  ...flags.only(flags.MONEY_FLAGS, 'cost'),
] as const

export const command = defineCommand({
  words: ['export', 'metrics'],
  summary: 'the numbers of all logs for a monitor',
  description:
    'Cost, tokens, requests, errors and durations by client, profile, model and feature, and what is used of budgets; the numbers are those of the reports. Counters go on when logs are pruned.',
  flags: FLAGS,
  examples: [
    ['usagebook export metrics -o /var/lib/node_exporter/usagebook.prom', 'for the textfile collector, from cron'],
    ['usagebook export metrics --as emf', 'for the agent of CloudWatch'],
  ],
  exitCodes: { 1: 'a log could not be read, or the file not be written' },
  async run(options, context, workspace) {
    const { timezone, logTimezone, logs, sourceFormat, dedupe, threads, cache, cost } = options
    const { as = 'prometheus', byUser = false, maxSeries = DEFAULT_SERIES, output } = options
    const { text, failures } = await metricsText(
      {
        options: { timezone, logTimezone, logs, sourceFormat, dedupe, threads, cache, cost },
        host: context,
        workspace,
        byUser,
        maxSeries,
        note: noteOf(options, context),
      },
      as === 'prometheus' ? 'classic' : as,
    )
    if (output === undefined || output === '-') context.stdout.write(text)
    else await writeFileWhole(resolve(context.cwd, output), [text], context.onInterrupt)
    writeFailures(failures, context)
    return failures.length > 0 ? 1 : 0
  },
})
