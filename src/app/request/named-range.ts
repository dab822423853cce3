// The range of a view: one with a short name, or said in another way.
import { optionName, UsageError } from '../../base/errors.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import { type DashboardRange, dashboardRange } from '../../query/dashboard-range.ts'
import { type NamedRange, parseRange, RANGE_WAYS } from '../../query/range.ts'
import type { DashboardOptions } from './parameters.ts'

export const DEFAULT_DASHBOARD_RANGE: DashboardRange = '24h'

type RangeOptions = Pick<DashboardOptions, 'range' | (typeof RANGE_WAYS)[number]>

/** The range of the dashboard that is named, or that it is said in another way. */
export function rangeName(options: RangeOptions): DashboardRange | 'custom' {
  const other = RANGE_WAYS.find(way => options[way] !== undefined)
  if (other === undefined) return options.range ?? DEFAULT_DASHBOARD_RANGE
  if (options.range === undefined) return 'custom'
  throw new UsageError('range-twice', `${optionName('range')} and ${optionName(other)} both set the range.`, {
    where: { option: 'range' },
    hint: `Use one of them: leave ${optionName('range')} out.`,
  })
}

/** All time where nothing is said. */
export function rangeOf(options: RangeOptions, zone: Zone, now: Instant): NamedRange {
  if (options.range === undefined) return parseRange(options, zone, now)
  return dashboardRange(rangeName(options) as DashboardRange, zone, now)
}
