// What becomes of the forms with which silences are made and ended.
import { parseMatch } from '../../../app/alert/silences.ts'
import { ALERT_KEEPERS, silence, unsilence } from '../../resources/alert-calls.ts'
import { formRoute, textIn } from '../forms.ts'
import { NAVIGATION } from '../navigation.ts'
import { budgetsPage } from './budgets-page.ts'
import { END_PATH, SILENCES_PATH } from './silences.ts'

const { path: BACK } = NAVIGATION.budgets

export const SILENCE_FORM = formRoute({
  page: 'budgets',
  path: SILENCES_PATH,
  roles: ALERT_KEEPERS,
  summary: 'silence alerts with the form',
  async submit(call) {
    const texts = (textIn(call, 'match') ?? '').split(',').filter(text => text.trim() !== '')
    const { message } = await silence(call, {
      match: parseMatch(texts),
      until: textIn(call, 'until'),
      why: textIn(call, 'why'),
    })
    return { path: BACK, notice: message }
  },
  redraw: budgetsPage,
})

export const END_SILENCE_FORM = formRoute({
  page: 'budgets',
  path: END_PATH,
  roles: ALERT_KEEPERS,
  summary: 'end a silence with its button',
  async submit(call) {
    const { message } = await unsilence(call, textIn(call, 'id') ?? '')
    return { path: BACK, notice: message }
  },
  redraw: budgetsPage,
})
