// The silences of alerts.json: which there are, and the form for another.
import { type ListedSilence, matchText } from '../../../app/alert/silences.ts'
import { held, html, type Markup, name } from '../../../render/html/markup.ts'
import { silencesSeen } from '../../resources/alert-calls.ts'
import type { Call } from '../../route.ts'
import { buttons, textField, typedField } from '../forms.ts'
import { pathTo, table, when } from '../parts.ts'
import type { Refusal } from '../refusal.ts'

export const SILENCES_PATH = '/budgets/silences'
export const END_PATH = '/budgets/silences/end'

export async function silenceSection(call: Call, refusal: Refusal | undefined, isKeeper: boolean): Promise<Markup> {
  const silences = await silencesSeen(call)
  return html`<h2>Silences</h2>${table({
    caption: 'Silences',
    heads: ['Of', 'State', 'Until', 'Why', ...(isKeeper ? [''] : [])].map(title => ({ title })),
    rows: silences.map(one => [
      name(matchText(one.match)),
      one.state,
      when(one.until),
      one.why === null ? '–' : name(one.why),
      ...(isKeeper ? [one.state === 'active' ? endForm(call, one) : null] : []),
    ]),
    empty: 'Nothing is silent.',
  })}${isKeeper ? addForm(call, refusal) : null}`
}

function endForm(call: Call, { id, match }: ListedSilence): Markup {
  return html`<form method="post" action="${pathTo(call, END_PATH)}"><input type="hidden" name="id" value="${held(id)}"><button>End<span class="hidden"> the silence of ${name(matchText(match))}</span></button></form>`
}

function addForm(call: Call, refusal: Refusal | undefined): Markup {
  return html`<form class="panel slim" method="post" action="${pathTo(call, SILENCES_PATH)}"><h3>Silence alerts</h3>
${textField(typedField(call, refusal, 'match', 'Which', 'FIELD=PATTERN, several with commas: client=test-*, rule=error-rate.'))}
${textField({ ...typedField(call, refusal, 'until', 'Until', 'How long, such as 2h or 3d; or a day, such as 2026-03-01.'), isShort: true })}
${textField(typedField(call, refusal, 'why', 'Why', 'For whoever looks later; may stay empty.'))}${buttons('Silence')}</form>`
}
