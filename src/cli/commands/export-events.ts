// usagebook export events: every event of a range in one file, for a warehouse.
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { aboutOf, EVENT_EXPORT_COLUMNS, exportEvents } from '../../app/export/export-events.ts'
import { type AskedChecks, checksThatFail } from '../../app/request/checks.ts'
import { buildLogRequest } from '../../app/request/log-request.ts'
import type { LogOptions } from '../../app/request/parameters.ts'
import { oneOf } from '../../app/request/parse-option.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import type { EventFile } from '../../export/events/event-table.ts'
import { eventsCsv } from '../../export/events/events-csv.ts'
import { openParquet } from '../../export/events/events-parquet.ts'
import type { Ledger } from '../../query/ledger.ts'
import { ledgerNotes } from '../../report/model/report-frame.ts'
import { writeFileAt } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import type { Flag } from '../flags/flag.ts'
import * as flags from '../flags/report-flags.ts'
import { neededFile } from '../output/export-file.ts'
import { eachNamed } from '../output/named-files.ts'
import { withProgress } from '../output/progress.ts'
import { withRejects } from '../output/rejects-file.ts'
import { type Quietable, sayRefusals, sayWarnings } from '../output/report-outcome.ts'

const FORMATS = ['csv', 'parquet'] as const

const EVENT_FLAGS = [
  {
    name: 'format',
    value: 'FORMAT',
    group: 'Output',
    help: 'csv or parquet; default what --output ends in',
    parse: oneOf(FORMATS),
    choices: FORMATS,
  },
] as const satisfies readonly Flag[]

export const command = defineCommand({
  words: ['export', 'events'],
  summary: 'single events for a warehouse, as CSV or Parquet',
  description:
    'Writes every event of a range with all its fields and its cost, in the order of the files, in one reading. A Parquet file has a row group for each file of logs, or several where a day is large, so a log of any size takes little memory.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...flags.RANGE_FLAGS,
    ...EVENT_FLAGS,
    ...flags.only(flags.OUTPUT_FLAGS, 'output'),
    ...flags.FILTER_FLAGS,
    ...flags.INPUT_FLAGS,
    ...flags.only(flags.CHECK_FLAGS, 'strict', 'max-rejects', 'fail-on-empty'),
  ],
  examples: [
    ['usagebook export events --period 2026-01 -o events.parquet', 'a month for DuckDB or a warehouse'],
    ['usagebook export events --client diageo -o diageo.csv', 'all that a client did'],
  ],
  exitCodes: { 1: EXIT_CODES[1]!, 3: EXIT_CODES[3]! },
  async run(options, context, workspace) {
    const { format, ...asked } = options
    neededFile(options, format === undefined ? ['.csv', '.parquet'] : [`.${format}`], context)
    return await eachNamed(asked, context, workspace, one => writeEvents(one, context, workspace))
  },
})

async function writeEvents(
  options: LogOptions &
    AskedChecks &
    Parameters<typeof withRejects>[0] &
    Quietable & { readonly output?: string | undefined },
  context: Context,
  workspace: Workspace,
): Promise<number> {
  const file = resolve(context.cwd, options.output!)
  const request = await buildLogRequest(options, context, workspace)
  const refusalsOf = (ended: Ledger) => checksThatFail({ ledger: ended, unpricedAnalyses: 0 }, options)
  const isParquet = file.toLowerCase().endsWith('.parquet')
  const ledger = await withRejects(options, context, rejects =>
    withProgress(context, options.quiet === true, progress =>
      writeFileAt(
        file,
        async path => {
          const written = isParquet ? await openParquet(path, EVENT_EXPORT_COLUMNS, aboutOf(request)) : openCsv(path)
          const ended = await exportEvents(request, written, { ...progress, ...rejects })
          written.end()
          return ended
        },
        ended => refusalsOf(ended).length === 0,
        context.onInterrupt,
      ),
    ),
  )
  sayWarnings({ notes: ledgerNotes(ledger), ledger }, options, context)
  const refusals = refusalsOf(ledger)
  sayRefusals(refusals, context)
  if (ledger.failures.length > 0) return 1
  return refusals.length > 0 ? 3 : 0
}

function openCsv(path: string): EventFile {
  const descriptor = openSync(path, 'wx')
  const csv = eventsCsv(EVENT_EXPORT_COLUMNS, piece => writeFileSync(descriptor, piece))
  return {
    ...csv,
    end() {
      csv.end()
      closeSync(descriptor)
    },
  }
}
