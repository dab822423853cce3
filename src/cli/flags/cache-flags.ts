// What the cache commands have in common.
import type { CacheSummary } from '../../app/workspace/manage-cache.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { visibleText } from '../../base/safe-text.ts'
import type { Instant } from '../../base/zone.ts'
import type { Flag } from './flag.ts'
import { formatFlag } from './format-flag.ts'
import { INPUT_FLAGS, only } from './report-flags.ts'

export const CACHE_FORMATS = ['text', 'json'] as const

export const cacheFormatFlag = {
  ...formatFlag(CACHE_FORMATS),
  configurable: true,
  setting: null,
} as const satisfies Flag

export const logsFlag = only(INPUT_FLAGS, 'logs')[0]!

export function formatSummary(summary: CacheSummary): string {
  const logs = summary.logs.length === 0 ? summary.folder : summary.logs.join(', ')
  const used = summary.usedMs === null ? '' : `, last used ${formatInstantUtc(summary.usedMs as Instant)}`
  return `${visibleText(logs)}: ${formatSize(summary.sizeBytes)} in ${summary.files} files${used}`
}

/** 1.5 MB: powers of 1000, one digit after the point below 10. */
export function formatSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 || size >= 9.95 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`
}
