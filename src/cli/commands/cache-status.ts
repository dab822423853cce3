// usagebook cache status: what is in the cache.
import { cachePlace, readCacheStatus, statusObject } from '../../app/workspace/manage-cache.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { cacheFormatFlag, formatSize, formatSummary, logsFlag } from '../flags/cache-flags.ts'

export const command = defineCommand({
  words: ['cache', 'status'],
  summary: 'show what is cached of past days, and how much space it takes',
  description:
    'Reports cache the sums of log files, so that the next report need not read them again. A cache can be removed at any time: it is built again.',
  flags: [logsFlag, cacheFormatFlag],
  examples: [
    ['usagebook cache status', 'the cache of the logs of this workspace, and other caches'],
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
    lines.push('', `The caches are in ${visibleText(status.root)}; each stays below ${limit}.`)
    context.stdout.write(`${lines.join('\n')}\n`)
    return 0
  },
})
