// usagebook cache clear: empties the cache.
import { cachePlace, clearCache, summaryObject } from '../../app/workspace/manage-cache.ts'
import { formatJson } from '../../base/json.ts'
import { defineCommand } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { cacheFormatFlag, formatSize, logsFlag } from '../flags/cache-flags.ts'

export const command = defineCommand({
  words: ['cache', 'clear'],
  summary: 'remove what is cached of past days',
  description: 'The logs stay as they are. The next report reads them again.',
  flags: [
    logsFlag,
    { name: 'all', group: 'Input', help: 'the caches of all logs, not only of these' },
    cacheFormatFlag,
  ],
  examples: [
    ['usagebook cache clear', 'remove the cache of the logs of this workspace'],
    ['usagebook cache clear --all', 'remove all your caches'],
  ],
  exitCodes: { 1: EXIT_CODES[1]! },
  async run(options, context, workspace) {
    const place = cachePlace(options, context, workspace)
    const cleared = clearCache(place, options.all === true, context.machineNow)
    if (options.format === 'json') {
      context.stdout.write(`${formatJson({ cleared: cleared.map(summaryObject) })}\n`)
      return 0
    }
    const files = cleared.reduce((sum, summary) => sum + summary.files, 0)
    const bytes = cleared.reduce((sum, summary) => sum + summary.sizeBytes, 0)
    context.stdout.write(
      files === 0 ? 'There was nothing to remove.\n' : `Removed ${files} files, ${formatSize(bytes)}.\n`,
    )
    return 0
  },
})
