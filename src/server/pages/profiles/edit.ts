// The editor of a profile that is there: the difference before it is saved, and what becomes of a draft that somebody else was
// faster than.
import type { ShownProfile } from '../../../app/profile/answers.ts'
import type { ChangedVersion } from '../../../app/profile/change-request.ts'
import { editProfile } from '../../../app/profile/edit-profile.ts'
import { draftOf, mergeDrafts } from '../../../app/profile/profile-draft.ts'
import { seenDiff, showSeen } from '../../../app/profile/seen-profiles.ts'
import { UsagebookError } from '../../../base/errors.ts'
import { html, type Markup } from '../../../render/html/markup.ts'
import { ProblemError } from '../../problem.ts'
import {
  checkMayChange,
  EDITORS,
  homeOf,
  sightOf,
  TYPED,
  tellingNothingForeign,
  withoutForeign,
} from '../../resources/profile-calls.ts'
import { changeFrom } from '../../resources/version-changes.ts'
import type { Call } from '../../route.ts'
import { formRoute, textIn } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import type { Refusal } from '../refusal.ts'
import { differenceTable } from './differences.ts'
import { contentOf, type Edited, editedIn, editedOf, isToShow, renderEditor, turned } from './editor.ts'
import { profilePath, profileViews } from './links.ts'

const PATH = '/profiles/:id/edit'

export const EDIT_PAGE = withoutForeign(
  pageRoute({
    page: 'profiles',
    path: PATH,
    roles: EDITORS,
    summary: 'the form of a profile',
    async draw(call) {
      await checkMayChange(call, call.path.id!)
      const shown = await showSeen(call.path.id!, sightOf(call), homeOf(call))
      return editPage(call, shown, editedOf(shown.text), {})
    },
  }),
)

export const EDIT_FORM = formRoute({
  page: 'profiles',
  path: PATH,
  roles: EDITORS,
  summary: 'save the form of a profile as its next version',
  submit: call => tellingNothingForeign(call, () => save(call)),
  redraw: (call, refusal) => tellingNothingForeign(call, () => redraw(call, refusal)),
})

async function save(call: Call) {
  const known = await knownVersion(call)
  const edited = editedIn(call)
  const other = turned(call, edited, known.text)
  if (other !== undefined) return await editPage(call, known, other, {})
  const changed = await edit(call, known, edited, isToShow(call))
  if (isToShow(call)) return await editPage(call, known, edited, { outcome: outcomeOf(changed, known) })
  return { path: profilePath(known.profile), notice: changed.answer.message }
}

// The version that the form was made of, whatever is the newest by now.
async function knownVersion(call: Call): Promise<ShownProfile> {
  const { profile } = await showSeen(call.path.id!, sightOf(call), homeOf(call))
  return await showSeen(`${profile}@${call.form.get('version') ?? ''}`, sightOf(call), homeOf(call))
}

async function edit(call: Call, from: ShownProfile, edited: Edited, isDryRun: boolean): Promise<ChangedVersion> {
  const content = { text: contentOf(edited, from.text), file: TYPED }
  const body = { message: textIn(call, 'message'), dryRun: isDryRun }
  return await changeFrom(call, { action: 'profile.edit', body, expectVersion: from.version }, (request, home) =>
    editProfile({ ...request, id: from.profile, content, sets: [], unsets: [] }, home),
  )
}

async function redraw(call: Call, refusal: Refusal): Promise<PageContent> {
  const known = await knownVersion(call)
  const edited = editedIn(call)
  if (refusal.problem.code !== 'version-conflict') return await editPage(call, known, edited, { refusal })
  const newest = await showSeen(known.profile, sightOf(call), homeOf(call))
  const draft = onTopOf(newest, known, edited)
  const { differences } = await seenDiff(
    { a: `${known.profile}@${known.version}`, b: known.profile },
    sightOf(call),
    homeOf(call),
  )
  const others = html`<h2>What was changed meanwhile</h2>${differenceTable(differences, {
    caption: 'What was changed meanwhile',
    before: `Version ${known.version}, which you began with`,
    after: `Version ${newest.version}, the newest`,
    empty: 'Nothing that you can see.',
  })}`
  const words =
    draft.as === 'form'
      ? 'Your draft is kept. Fields that you had not changed have the new values now. Look at the difference, and save again.'
      : 'Your draft is kept as it is: take over what was changed meanwhile if you want to keep it, and save again.'
  const told = { ...refusal, problem: { ...refusal.problem, hint: words } }
  const own = await outcomeOrNone(call, newest, draft)
  return await editPage(call, newest, draft, { refusal: told, outcome: html`${others}${own}` })
}

function onTopOf(newest: ShownProfile, known: ShownProfile, edited: Edited): Edited {
  if (edited.as === 'json') return edited
  const [base, theirs] = [draftOf(known.text), draftOf(newest.text)]
  // What came out of JSON may hold more than fields.
  if (base === undefined || theirs === undefined || edited.content !== undefined)
    return { as: 'json', content: contentOf(edited, known.text) }
  return { as: 'form', draft: mergeDrafts(base, edited.draft, theirs), content: undefined }
}

// A draft that has something wrong in it has no difference yet; saving it says what.
async function outcomeOrNone(call: Call, from: ShownProfile, edited: Edited): Promise<Markup | null> {
  try {
    return outcomeOf(await edit(call, from, edited, true), from)
  } catch (error) {
    if (error instanceof UsagebookError || error instanceof ProblemError) return null
    throw error
  }
}

function outcomeOf({ differences, answer }: ChangedVersion, from: ShownProfile): Markup {
  const { clientsMoved, clientsRemoved = [] } = answer
  const moves = [
    clientsMoved.length === 0 ? '' : `Moved to the new version: ${clientsMoved.join(', ')}.`,
    clientsRemoved.length === 0 ? '' : `Can no longer see it, and so stop using it: ${clientsRemoved.join(', ')}.`,
  ].filter(text => text !== '')
  return html`<section aria-labelledby="outcome"><h2 id="outcome" tabindex="-1">What would change</h2>${differenceTable(
    differences,
    {
      caption: 'What would change',
      before: `Version ${from.version}`,
      after: `Version ${answer.version}, as you have it`,
      empty: 'Nothing differs from the version that is there.',
    },
  )}${moves.map(text => html`<p>${text}</p>`)}</section>`
}

async function editPage(
  call: Call,
  { profile, version, value }: ShownProfile,
  edited: Edited,
  more: { readonly refusal?: Refusal; readonly outcome?: Markup | null },
): Promise<PageContent> {
  return {
    title: `Edit ${typeof value.name === 'string' ? value.name : profile}`,
    tools: html`<div class="tools">${profileViews(call, profile, 'other')}</div>`,
    main: html`<p class="hint">Saving makes version ${version + 1}; version ${version} is kept.</p>${await renderEditor(
      call,
      {
        path: profilePath(profile, 'edit'),
        back: profilePath(profile),
        submit: 'Save',
        edited,
        hidden: { version: String(version) },
        ...more,
      },
    )}`,
  }
}
