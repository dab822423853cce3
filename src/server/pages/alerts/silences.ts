// The silences of alerts.json: which there are, and the form for another.
import { type ListedSilence, matchText } from '../../../app/alert/silences.ts'
import { html, type Markup, name } from '../../../render/html/markup.ts'
import { silencesSeen } from '../../resources/alert-calls.ts'
import type { Call } from '../../route.ts'
import { buttonForm, buttons, textField, typedField } from '../forms.ts'
import { pathTo, table, when } from '../parts.ts'
import type { Refusal } from '../refusal.ts'

export const SILENCES_PATH = '/budgets/silences'
export const END_PATH = '/budgets/silences/end'

export async function silenceSection(call: Call, refusal: Refusal | undefined, isKeeper: boolean): Promise<Markup> {
  const silences = await silencesSeen(call)
  const endForm = ({ id, match }: ListedSilence) =>
    buttonForm(pathTo(call, END_PATH), 'End', { id, what: matchText(match) })
  return html`<h2>Silences</h2>${table({
    caption: 'Silences',
    heads: ['Of', 'State', 'Until', 'Why', ...(isKeeper ? [''] : [])].map(title => ({ title })),
    rows: silences.map(one => [
      name(matchText(one.match)),
      one.state,
      when(one.until),
      one.why === null ? '–' : name(one.why),
      ...(isKeeper ? [one.state === 'active' ? endForm(one) : null] : []),
    ]),
    empty: 'Nothing is silent.',
  })}${isKeeper ? addForm(call, refusal) : null}`
}

function addForm(call: Call, refusal: Refusal | undefined): Markup {
  return html`<form class="panel slim" method="post" action="${pathTo(call, SILENCES_PATH)}"><h3>Silence alerts</h3>
${textField(typedField(call, refusal, 'match', 'Which', 'FIELD=PATTERN, several with commas: client=test-*, rule=error-rate.'))}
${textField({ ...typedField(call, refusal, 'until', 'Until', 'How long, such as 2h or 3d; or a day, such as 2026-03-01.'), isShort: true })}
${textField(typedField(call, refusal, 'why', 'Why', 'For whoever looks later; may stay empty.'))}${buttons('Silence')}</form>`
}
