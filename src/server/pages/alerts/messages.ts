// The messages that have not arrived: why, and what can be done about each.
import type { ListedMessage } from '../../../app/alert/messages.ts'
import { held, html, type Markup, name } from '../../../render/html/markup.ts'
import { messagesSeen } from '../../resources/alert-calls.ts'
import type { Call } from '../../route.ts'
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
      html`<span class="actions">${button(call, RETRY_PATH, 'Send again', one)}${button(call, DROP_PATH, 'Give up', one)}</span>`,
    ]),
    empty: '',
  })}`
}

function button(call: Call, path: string, words: string, { id, title }: ListedMessage): Markup {
  return html`<form method="post" action="${pathTo(call, path)}"><input type="hidden" name="id" value="${held(id)}"><button>${words}<span class="hidden">: ${name(title)}</span></button></form>`
}
