// The first page: every metric of a range at a glance, and the way down to each part of it.
import { html } from '../../render/html/markup.ts'
import { ALERT_READERS } from '../resources/alert-calls.ts'
import { hasRole } from '../route.ts'
import { merged } from '../routes/reports.ts'
import { firingNotice } from './alerts/firing.ts'
import { pageRoute } from './page-route.ts'
import { renderRangeLinks } from './range-links.ts'
import { askFragment, OVERVIEW_PARAMETERS, type OverviewOptions, ranged } from './view.ts'

const DEFAULTS = { metric: 'cost', stackBy: 'client', compare: 'previous' } as const
/** The same by the names that addresses have. */
const IN_ADDRESS = { metric: 'cost', 'stack-by': 'client', compare: 'previous' }
const LAST_EVENTS = 20

export const OVERVIEW_PAGE = pageRoute({
  page: 'overview',
  summary: 'every metric of a range at a glance',
  parameters: OVERVIEW_PARAMETERS,
  async draw(call) {
    const options = await merged<OverviewOptions>(call, OVERVIEW_PARAMETERS)
    const { metric: _metric, stackBy: _stackBy, compare: _compare, cost: _cost, ...asked } = options
    const events = ranged(asked)
    const [alerts, dashboard, last] = await Promise.all([
      hasRole(call, ALERT_READERS) ? firingNotice(call) : null,
      askFragment(call, { kind: 'dashboard', options: { ...DEFAULTS, ...options } }, { defaults: IN_ADDRESS }),
      askFragment(
        call,
        { kind: 'events', options: { ...events, limit: LAST_EVENTS } },
        {
          defaults: { limit: String(LAST_EVENTS) },
        },
      ),
    ])
    return {
      title: 'Overview',
      tools: renderRangeLinks(call, options),
      main: html`${alerts}${dashboard}${last}`,
      isLive: true,
    }
  },
})
