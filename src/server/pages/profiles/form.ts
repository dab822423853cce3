// The form of a profile: its fields, and what was typed into them.

import type { DraftCheck, ProfileDraft } from '../../../app/profile/profile-draft.ts'
import { held, html, type Markup, name } from '../../../render/html/markup.ts'
import { ownClients } from '../../resources/client-calls.ts'
import { sightOf } from '../../resources/profile-calls.ts'
import type { Call } from '../../route.ts'
import { type Choice, checkbox, checkboxes, hiddenField, textArea, textField } from '../forms.ts'
import { errorOf, type Fault, type Refusal } from '../refusal.ts'

/** Empty rows for checks that are to be added. */
const FREE_ROWS = 3

/** What was typed; a row that was ticked to be removed is none. */
export function draftIn({ form }: Call): ProfileDraft {
  const text = (key: string) => (form.get(key) ?? '').replaceAll('\r\n', '\n')
  const isForAll = form.get('visibility') !== null
  return {
    name: text('name'),
    description: text('description'),
    passThreshold: text('pass_threshold').trim(),
    isForAll,
    clients: form.getAll('visible_to_clients'),
    checks: checksIn(form),
  }
}

function checksIn(form: URLSearchParams): DraftCheck[] {
  const checks: DraftCheck[] = []
  for (let row = 0; form.has(`check-${row}`) || form.has(`check-${row}-kept`); row++) {
    const check = {
      name: form.get(`check-${row}-kept`) ?? form.get(`check-${row}`)!.trim(),
      isEnabled: form.has(`check-${row}-runs`),
      weight: (form.get(`check-${row}-weight`) ?? '').trim(),
    }
    if (!form.has(`check-${row}-remove`) && check.name + check.weight !== '') checks.push(check)
  }
  return checks
}

export async function profileFields(call: Call, draft: ProfileDraft, refusal: Refusal | undefined): Promise<Markup> {
  const sight = sightOf(call)
  const isScoped = sight !== '*'
  const choices = await clientChoices(call, draft)
  const field = (key: string, label: string, value: string, hint?: string) => ({
    name: key,
    label,
    value,
    hint,
    error: errorOf(refusal, key),
  })
  const reveal = isScoped
    ? html`<p class="hint">You see some clients, so your profiles are for these.</p>`
    : checkbox({
        ...field('visibility', 'Reveal to All Clients', ''),
        isTicked: draft.isForAll,
      })
  const clients =
    choices.length === 0
      ? html`<p class="hint">There are no clients yet: add them on the page Clients.</p>`
      : checkboxes({ ...field('visible_to_clients', 'Clients that may see it', ''), choices, ticked: draft.clients })
  return html`<div class="columns"><div class="panel">
${textField({ ...field('name', 'Name', draft.name), isRequired: true })}
${textArea({ ...field('description', 'Description', draft.description), rows: 3 })}
${textField({ ...field('pass_threshold', 'Pass threshold', draft.passThreshold, 'The score from 0 to 100 from which an analysis passes.'), isShort: true })}
</div><div class="panel">${reveal}<div class="chosen">${clients}</div></div></div>
${checkTable(draft.checks, refusal)}`
}

function checkTable(checks: readonly DraftCheck[], refusal: Refusal | undefined): Markup {
  const free = Array.from({ length: FREE_ROWS }, () => ({ name: '', isEnabled: true, weight: '' }))
  const rows = [...checks, ...free].map((check, row) => checkRow(check, row, row >= checks.length, refusal))
  return html`<div class="panel"><h2 id="checks">Checks</h2>
<div class="scroll" role="region" aria-labelledby="checks" tabindex="0"><table class="inputs"><caption>Checks</caption>
<thead><tr><th scope="col">Check</th><th scope="col">Runs</th><th scope="col">Weight</th><th scope="col">Remove</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="hint">A weight says how much a check counts against the others. Empty rows are left out; there are more after “Show difference”.</p></div>`
}

function checkRow(check: DraftCheck, row: number, isFree: boolean, refusal: Refusal | undefined): Markup {
  const key = `check-${row}`
  const error = errorOf(refusal, key) ?? errorOf(refusal, `${key}-weight`)
  const label = check.name === '' ? `new check ${row + 1}` : check.name
  const shown =
    isFree || check.name === '' || errorOf(refusal, key) !== undefined
      ? html`<input id="f-${key}" name="${key}" value="${held(check.name)}" aria-label="Name of ${label}">`
      : html`${name(check.name)}${hiddenField(`${key}-kept`, check.name)}`
  const invalid = error === undefined ? null : html` aria-invalid="true" aria-describedby="f-${key}-error"`
  return html`<tr><th scope="row">${shown}${error === undefined ? null : html`<p class="error" id="f-${key}-error">${error}</p>`}</th>
<td><input type="checkbox" name="${key}-runs"${check.isEnabled ? html` checked` : null} aria-label="${label} runs"></td>
<td><input id="f-${key}-weight" name="${key}-weight" value="${held(check.weight)}" inputmode="decimal" size="6" aria-label="Weight of ${label}"${invalid}></td>
<td>${isFree ? null : html`<input type="checkbox" name="${key}-remove" aria-label="Remove ${label}">`}</td></tr>
`
}

// Those that are chosen already stay, known or not.
async function clientChoices(call: Call, { clients: chosen }: ProfileDraft): Promise<Choice[]> {
  const own = await ownClients(call)
  const known = own.map(({ id, name: words }) => ({ value: id, label: words === null ? id : `${words} (${id})` }))
  const strangers = chosen.filter(client => !own.some(({ id }) => id === client))
  return [...known, ...strangers.map(value => ({ value }))]
}

const LABELS: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  pass_threshold: 'Pass threshold',
  visibility: 'Reveal to All Clients',
  visible_to_clients: 'Clients that may see it',
}

/** Problems of a profile at the fields that they are of. */
export function placeFaults(refusal: Refusal, { checks }: ProfileDraft): Refusal {
  return { ...refusal, faults: (refusal.faults ?? []).map(fault => placeFault(fault, checks)) }
}

function placeFault(fault: Fault, checks: readonly DraftCheck[]): Fault {
  const [first = '', ...rest] = fault.label.split('.')
  const label = LABELS[first]
  if (label !== undefined) return { ...fault, label, field: first }
  if (first !== 'checks') return fault
  // Names of checks may have dots in them.
  const row = checks.findIndex(({ name: own }, index) => {
    return rest[0] === String(index) || rest.join('.') === own || fault.label.startsWith(`checks.${own}.`)
  })
  if (row < 0) return { ...fault, label: 'Checks' }
  const isWeight = fault.label.endsWith('.weight')
  const own = checks[row]!.name
  return {
    ...fault,
    label: `${own === '' ? 'Check' : own}${isWeight ? ', weight' : ''}`,
    field: isWeight ? `check-${row}-weight` : `check-${row}`,
  }
}
