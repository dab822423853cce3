// The page of budgets and alerts: what fires, what is used of each budget, what is silent, and what has not arrived.
import { ConfigError } from '../../../base/errors.ts'
import { html, name } from '../../../render/html/markup.ts'
import { ALERT_KEEPERS } from '../../resources/alert-calls.ts'
import { type Call, hasRole } from '../../route.ts'
import type { PageContent } from '../frame.ts'
import { failedRuns } from '../health.ts'
import { pageRoute } from '../page-route.ts'
import { errorSummary, type Refusal } from '../refusal.ts'
import { budgetTable } from './budget-table.ts'
import { firing } from './firing.ts'
import { messageSection } from './messages.ts'
import { silenceSection } from './silences.ts'

const TITLE = 'Budgets and alerts'

export const BUDGETS_PAGE = pageRoute({
  page: 'budgets',
  summary: 'what fires, what is used of the budgets, silences, and messages that have not arrived',
  draw: call => budgetsPage(call, undefined),
})

export async function budgetsPage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  try {
    return await wholePage(call, refusal)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    // The texts of such errors may name files and clients.
    const why = hasRole(call, ['admin'])
      ? `${error.message} ${error.hint ?? ''}`
      : 'Ask the person who runs this server.'
    return {
      title: TITLE,
      main: html`<div class="notice bad" role="alert"><p>Rules and budgets cannot be read, so nothing is checked.</p><p>${name(why)}</p></div>`,
      isLive: true,
    }
  }
}

async function wholePage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  const isKeeper = hasRole(call, ALERT_KEEPERS)
  const [alerts, budgets, silences, messages] = await Promise.all([
    firing(call),
    budgetTable(call),
    silenceSection(call, refusal, isKeeper),
    isKeeper ? messageSection(call) : null,
  ])
  return {
    title: TITLE,
    main: html`${errorSummary(refusal)}${failedRuns(call)}${alerts}${budgets}${silences}${messages}`,
    isLive: true,
  }
}
