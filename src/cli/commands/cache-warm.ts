// usagebook cache warm: reads all logs once, so that the next reports do not have to.
import { runReport } from '../../app/report/run-report.ts'
import { buildReportRequest } from '../../app/request/report-request.ts'
import { cachePlace, readCacheStatus, summaryObject } from '../../app/workspace/manage-cache.ts'
import { UsageError } from '../../base/errors.ts'
import { formatJson } from '../../base/json.ts'
import { defineCommand } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { cacheFormatFlag, formatSummary } from '../flags/cache-flags.ts'
import { INPUT_FLAGS, RANGE_FLAGS } from '../flags/report-flags.ts'
import { withProgress } from '../output/progress.ts'

const ZONE_FLAGS = RANGE_FLAGS.filter(flag => flag.name === 'timezone' || flag.name === 'log-timezone')

export const command = defineCommand({
  words: ['cache', 'warm'],
  summary: 'read all logs once, so that the next reports are fast',
  description:
    'The cache helps reports with the same time zones, source format and dedupe mode: give those of the reports to come. Logs under a megabyte are not cached, because reading them is just as fast.',
  flags: [
    ...ZONE_FLAGS,
    ...INPUT_FLAGS.filter(flag => flag.name !== 'rejects' && flag.name !== 'cache'),
    cacheFormatFlag,
  ],
  examples: [
    ['usagebook cache warm', 'after midnight by cron, before the first report of the day'],
    ['usagebook cache warm --timezone Europe/Berlin', 'for reports whose days are those of Berlin'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const place = cachePlace(options, context, workspace)
    if (options.dedupe === 'all') {
      throw new UsageError('dedupe-not-kept', '--dedupe all: a file by itself cannot say which ids came before.', {
        where: { option: 'dedupe' },
        hint: 'Warm the cache with --dedupe file or off; reports with --dedupe all read the logs.',
      })
    }
    const request = await buildReportRequest({ ...options, cache: true }, false, context, workspace)
    const { report } = await withProgress(context, options.quiet === true, hooks => runReport(request, hooks))
    const { own } = readCacheStatus(place, context.machineNow)
    const { files, bytes, failures } = report.ledger
    if (options.format === 'json') {
      const value = { logFiles: files, logBytes: bytes, failures: failures.length, cache: summaryObject(own) }
      context.stdout.write(`${formatJson(value)}\n`)
    } else context.stdout.write(`${formatSummary(own)}\n`)
    for (const failure of failures) context.stderr.write(`warning: ${failure.file} ${failure.message}\n`)
    return failures.length > 0 ? 1 : 0
  },
})
