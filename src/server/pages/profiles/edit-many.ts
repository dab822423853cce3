// The same edit to many profiles: first the table of what it would change, then the change, of all of them or of none.
import type { ChangedVersion } from '../../../app/profile/change-request.ts'
import { type BulkEditAnswer, effectOf } from '../../../app/profile/edit-profile.ts'
import { html, type Markup, type MarkupPart, name } from '../../../render/html/markup.ts'
import { ProblemError } from '../../problem.ts'
import { changeOf, EDITORS, tellingNothingForeign } from '../../resources/profile-calls.ts'
import { editMany } from '../../resources/version-changes.ts'
import type { Call } from '../../route.ts'
import { buttons, formRoute, hiddenField, textArea, textField, textIn, typedField } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import { pathTo, table } from '../parts.ts'
import { errorSummary, type Refusal } from '../refusal.ts'
import { whyField } from './editor.ts'
import { MANY_PATH } from './links.ts'

export const MANY_PAGE = pageRoute({
  page: 'profiles',
  path: MANY_PATH,
  roles: EDITORS,
  summary: 'the form of an edit of many profiles',
  draw: async call => manyPage(call, undefined, null),
})

export const MANY_FORM = formRoute({
  page: 'profiles',
  path: MANY_PATH,
  roles: EDITORS,
  summary: 'show what an edit of many profiles would change, then make it',
  submit: call =>
    tellingNothingForeign(call, async () => {
      const shown = call.form.get('shown') ?? undefined
      const isToChange = call.form.get('do') === 'change' && shown !== undefined
      const answer = await editMany(call, {
        ...changeOf(call, { message: textIn(call, 'message'), dryRun: !isToChange }),
        ...editsIn(call),
        pattern: textIn(call, 'pattern') ?? '',
        shown: isToChange ? shown : undefined,
      })
      return isToChange ? { path: '/profiles', notice: answer.message } : manyPage(call, undefined, tableOf(answer))
    }),
  redraw: async (call, refusal) => manyPage(call, placed(call, refusal), null),
})

// "path = value" a line; a path alone behind "-" goes away.
function editsIn({ form }: Call): { readonly sets: readonly string[]; readonly unsets: readonly string[] } {
  const lines = (key: string) =>
    (form.get(key) ?? '')
      .split(/\r?\n/)
      .map(line => line.trim())
      .filter(line => line !== '')
  const [sets, unsets] = [lines('set').map(line => line.replace(/\s*(?<!\\)=\s*/, '=')), lines('unset')]
  if (sets.length + unsets.length > 0) return { sets, unsets }
  throw new ProblemError({
    status: 400,
    code: 'nothing-to-edit',
    title: 'No change was given.',
    hint: 'Write what is to be set, or which paths are to go.',
    extra: { parameter: 'set' },
  })
}

// Problems are by path; both fields have paths.
function placed({ form }: Call, refusal: Refusal): Refusal {
  const faults = (refusal.faults ?? []).map(fault => {
    const isUnset = (form.get('unset') ?? '').split(/\r?\n/).some(line => line.trim() === fault.label)
    return { ...fault, field: isUnset ? 'unset' : 'set' }
  })
  return refusal.problem.code === 'unknown-profile' ? { ...refusal, field: 'pattern' } : { ...refusal, faults }
}

function tableOf({ profiles, status }: BulkEditAnswer): Markup {
  const count = profiles.filter(({ answer }) => answer.previousProfileId !== null).length
  const main = html`<section aria-labelledby="outcome"><h2 id="outcome" tabindex="-1">What would change</h2>${table({
    caption: 'What would change',
    heads: ['Profile', 'New version', 'Changes', 'Clients moved'].map(title => ({ title })),
    rows: profiles.map(rowOf),
    empty: 'No profile matches.',
  })}${hiddenField('shown', effectOf(profiles))}</section>`
  if (status === 'unchanged') return html`${main}<p>All of them are like that already.</p>`
  const words = count === 1 ? 'Change 1 profile' : `Change ${count} profiles`
  return html`${main}<p class="buttons"><button class="first" name="do" value="change">${words}</button></p>`
}

function rowOf({ answer, changes }: ChangedVersion): MarkupPart[] {
  if (answer.previousProfileId === null) return [name(answer.profileId), '–', 'nothing to change', '–']
  const removed = (answer.clientsRemoved ?? []).map(client => `${client} (stops)`)
  const clients = [...answer.clientsMoved, ...removed]
  return [
    name(answer.previousProfileId),
    name(answer.profileId),
    html`<ul class="plain">${changes.map(line => html`<li>${name(line)}</li>`)}</ul>`,
    clients.length === 0 ? '–' : name(clients.join(', ')),
  ]
}

function manyPage(call: Call, refusal: Refusal | undefined, outcome: Markup | null): PageContent {
  const field = (key: string, label: string, hint: string) => typedField(call, refusal, key, label, hint)
  return {
    title: 'Edit many profiles',
    main: html`<form method="post" action="${pathTo(call, MANY_PATH)}#outcome">${errorSummary(refusal)}<div class="panel">
${textField({ ...field('pattern', 'Profiles', 'Their ids, with * for any text: brand_*'), isRequired: true })}
${textArea({ ...field('set', 'Set', 'A line for each: pass_threshold = 85, checks.logo.weight = 2'), isCode: true })}
${textArea({ ...field('unset', 'Remove', 'Paths that are to go, a line for each: checks.logo'), isCode: true, rows: 2 })}
${whyField(call, refusal)}
${buttons('Show what would change', html`<a class="button" href="${pathTo(call, '/profiles')}">Cancel</a>`)}</div>${outcome}</form>`,
  }
}
