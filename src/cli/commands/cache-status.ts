// usagebook cache status: what the cache holds.
import { cachePlace, readCacheStatus, statusObject } from '../../app/workspace/manage-cache.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { cacheFormatFlag, formatSize, formatSummary, logsFlag } from '../flags/cache-flags.ts'

export const command = defineCommand({
  words: ['cache', 'status'],
  summary: 'show what is kept of days that are over, and how much room it takes',
  description:
    'Reports keep the sums of log files outside of the logs, so that the next report need not read them again. What is kept can go at any time: it is made again.',
  flags: [logsFlag, cacheFormatFlag],
  examples: [
    ['usagebook cache status', 'the cache of the logs of this workspace, and of others'],
    ['usagebook cache status --format json', 'the same for a script'],
  ],
  async run(options, context, workspace) {
    const status = readCacheStatus(cachePlace(options, context, workspace), context.machineNow)
    if (options.format === 'json') {
      context.stdout.write(`${formatJson(statusObject(status))}\n`)
      return 0
    }
    const lines = [formatSummary(status.own), ...status.others.map(formatSummary)]
    const limit = formatSize(status.mostBytes)
    lines.push('', `The caches are in ${visibleText(status.root)}; each keeps below ${limit}.`)
    context.stdout.write(`${lines.join('\n')}\n`)
    return 0
  },
})
