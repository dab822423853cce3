// usagebook tally export: adds up the logs of this machine in a file, for a report over many machines.
import { buildLogRequest } from '../../app/request/log-request.ts'
import { exportTally } from '../../app/tally/export-tally.ts'
import { visibleText } from '../../base/safe-text.ts'
import { withThousands } from '../../base/thousands.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { INPUT_FLAGS, OUTPUT_FLAGS, only, RANGE_FLAGS } from '../flags/report-flags.ts'
import { neededFile } from '../output/export-file.ts'
import { withProgress } from '../output/progress.ts'
import { writeStdout } from '../output/write-stdout.ts'

export const command = defineCommand({
  words: ['tally', 'export'],
  summary: 'add up the logs of this machine, for a report over many machines',
  description:
    'Writes what the logs add up to, by the hour and by every field that reports group by, into one file. "usagebook report --from-tallies" adds up the files of many machines without their logs. Costs are worked out by the report, so prices may change later. The file has the names of clients and users, and the texts of errors, that the logs have.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...only(OUTPUT_FLAGS, 'output'),
    ...only(RANGE_FLAGS, 'timezone', 'log-timezone'),
    ...only(INPUT_FLAGS, 'logs', 'source-format', 'dedupe', 'threads', 'cache'),
  ],
  examples: [
    ['usagebook tally export -o day.tally', 'everything that is in usage_logs'],
    ['usagebook tally export usage_logs/2026-01-31.jsonl -o 2026-01-31.tally', 'one day, after midnight by cron'],
    ["usagebook report --from-tallies 'hosts/*/*.tally'", 'the report over all machines'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const file = neededFile(options, ['.tally'], context)
    const request = await buildLogRequest(options, context, workspace)
    const { bytes, logs, events, failures } = await withProgress(context, options.quiet === true, hooks =>
      exportTally(request, hooks),
    )
    await writeFileWhole(file, once(bytes), context.onInterrupt)
    for (const failure of failures)
      context.stderr.write(`warning: ${visibleText(failure.file)} ${visibleText(failure.message)}\n`)
    const count = `${withThousands(String(events))} ${events === 1 ? 'event' : 'events'}`
    const of = logs === 1 ? '1 log file' : `${logs} log files`
    if (options.quiet !== true) await writeStdout(context, [`${visibleText(options.output!)}: ${count} of ${of}\n`])
    return failures.length > 0 ? 1 : 0
  },
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
