// What becomes of the buttons with which a message is sent again, or given up.
import { ALERT_KEEPERS, drop, retry } from '../../resources/alert-calls.ts'
import type { Call } from '../../route.ts'
import { formRoute, textIn } from '../forms.ts'
import { NAVIGATION } from '../navigation.ts'
import { budgetsPage } from './budgets-page.ts'
import { DROP_PATH, RETRY_PATH } from './messages.ts'

const { path: BACK } = NAVIGATION.budgets

export const RETRY_MESSAGE_FORM = formRoute({
  page: 'budgets',
  path: RETRY_PATH,
  roles: ALERT_KEEPERS,
  summary: 'send a message again with its button',
  async submit(call) {
    const { delivered } = await retry(call, [idIn(call)])
    return {
      path: BACK,
      notice: delivered === 0 ? 'It has not arrived. The list says why.' : 'The message has arrived.',
    }
  },
  redraw: budgetsPage,
})

export const DROP_MESSAGE_FORM = formRoute({
  page: 'budgets',
  path: DROP_PATH,
  roles: ALERT_KEEPERS,
  summary: 'give a message up with its button',
  async submit(call) {
    await drop(call, [idIn(call)])
    return { path: BACK, notice: 'The message is given up: it is not sent any more.' }
  },
  redraw: budgetsPage,
})

function idIn(call: Call): string {
  return textIn(call, 'id') ?? ''
}
