// The messages that have not arrived: why, and what can be done about each.
import { html, type Markup, name } from '../../../render/html/markup.ts'
import { messagesSeen } from '../../resources/alert-calls.ts'
import type { Call } from '../../route.ts'
import { buttonForm } from '../forms.ts'
import { pathTo, table, when } from '../parts.ts'

export const RETRY_PATH = '/budgets/messages/retry'
export const DROP_PATH = '/budgets/messages/drop'

export async function messageSection(call: Call): Promise<Markup | null> {
  const messages = await messagesSeen(call, false)
  if (messages.length === 0) return null
  return html`<h2>Messages that have not arrived</h2>${table({
    caption: 'Messages that have not arrived',
    heads: ['Message', 'To', 'State', 'Tried', 'Last', 'Next', 'Why', ''].map((title, index) =>
      index === 3 ? { title, isNumber: true } : { title },
    ),
    rows: messages.map(one => [
      name(one.title),
      name(one.target),
      one.state === 'dead' ? 'given up after three days' : one.state,
      one.tries,
      when(one.lastAt),
      when(one.nextAt),
      one.problem === null ? '–' : html`<span class="long">${name(one.problem)}</span>`,
      html`<span class="actions">${buttonForm(pathTo(call, RETRY_PATH), 'Send again', { id: one.id, what: one.title })}${buttonForm(pathTo(call, DROP_PATH), 'Give up', { id: one.id, what: one.title })}</span>`,
    ]),
    empty: '',
  })}`
}
