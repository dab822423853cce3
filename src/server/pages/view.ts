// What a view of the logs is said by: range, filters and the like, all of it in the address of the page. The parameters are
// those of every door.
import { DASHBOARD, FILTERS, MONEY, type OptionsOf, RANGE } from '../../app/request/parameters.ts'
import type { Call } from '../route.ts'

const { lastDays: _days, lastHours: _hours, logTimezone: _zone, ...DATES } = RANGE

export const VIEW_PARAMETERS = { ...DASHBOARD, ...DATES, ...FILTERS, cost: MONEY.cost }
export type ViewOptions = OptionsOf<typeof VIEW_PARAMETERS>

/** The address of the same view, but for these parameters: null takes one away. */
export function viewHref(
  { url }: Pick<Call, 'url'>,
  changes: Readonly<Record<string, string | null>>,
  path = url.pathname,
): string {
  const search = new URLSearchParams(url.search)
  search.delete('notice')
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) search.delete(name)
    else search.set(name, value)
  }
  return search.size === 0 ? path : `${path}?${search}`
}
