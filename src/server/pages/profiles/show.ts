// One profile: what it is for, who sees and uses it, its checks. Its newest version, or one as brand_check@1.
import type { ShownProfile } from '../../../app/profile/answers.ts'
import { draftOf, type ProfileDraft } from '../../../app/profile/profile-draft.ts'
import { seenUses, showSeen } from '../../../app/profile/seen-profiles.ts'
import { html, lines, type Markup, name } from '../../../render/html/markup.ts'
import { canChange, homeOf, sightOf, withoutForeign } from '../../resources/profile-calls.ts'
import type { Call } from '../../route.ts'
import { pageRoute } from '../page-route.ts'
import { facts, pathTo, table, when } from '../parts.ts'
import { profilePath, profileViews } from './links.ts'

export const PROFILE_PAGE = withoutForeign(
  pageRoute({
    page: 'profiles',
    path: '/profiles/:id',
    summary: 'one profile: what it checks, who may see it, who uses it',
    async draw(call) {
      const home = homeOf(call)
      const shown = await showSeen(call.path.id!, sightOf(call), home)
      const { profile, version, newestVersion } = shown
      const { uses } = await seenUses(profile, sightOf(call), home)
      const draft = draftOf(shown.text)
      const isEditable = await canChange(call, profile)
      const used = uses.map(({ client, version: own }) =>
        own === newestVersion ? client : `${client} (version ${own})`,
      )
      return {
        title: String(shown.value.name ?? profile),
        tools: html`<div class="tools">${profileViews(call, profile, version === newestVersion ? 'profile' : 'other')}${isEditable ? html`<a class="button first" href="${pathTo(call, profilePath(profile, 'edit'))}">Edit</a>` : null}</div>`,
        main: html`${oldNote(call, shown, isEditable)}<div class="columns"><div class="panel">${facts([
          ['Id', html`<code>${shown.profileId}</code>`],
          ['Version', `${version}${version === newestVersion ? '' : ` of ${newestVersion}`}`],
          ['Made', madeBy(shown)],
          ['Used by', used.length === 0 ? 'no client' : name(used.join(', '))],
        ])}</div><div class="panel">${draft === undefined ? brokenWords() : aboutOf(draft)}</div></div>
${draft === undefined ? null : checksOf(draft)}
<details class="panel"${draft === undefined ? html` open` : null}><summary>As JSON</summary><pre tabindex="0">${lines(shown.text)}</pre></details>`,
      }
    },
  }),
)

function oldNote(call: Call, { profile, version, newestVersion }: ShownProfile, isEditable: boolean): Markup | null {
  if (version === newestVersion) return null
  return html`<div class="notice warn"><p>This is an old version. <a href="${pathTo(call, profilePath(profile))}">See version ${newestVersion}, the newest</a>${isEditable ? html`, or <a href="${pathTo(call, profilePath(profile, 'rollback'), { to: version })}">roll back to this one</a>` : null}.</p></div>`
}

function madeBy({ value }: ShownProfile): Markup {
  const at = value.modified_at ?? value.created_at
  const by = value.modified_by ?? value.created_by
  return html`${when(typeof at === 'string' ? at : null)}${typeof by === 'string' ? html` by ${name(by)}` : null}`
}

function aboutOf({ description, passThreshold, isForAll, clients }: ProfileDraft): Markup {
  return facts([
    ['Description', description === '' ? '–' : html`<span class="prose">${lines(description)}</span>`],
    ['Pass threshold', passThreshold === '' ? '–' : passThreshold],
    ['Visible to', isForAll ? 'all clients' : name(clients.join(', '))],
  ])
}

function checksOf({ checks }: ProfileDraft): Markup {
  return html`<div class="slim"><h2>Checks</h2>${table({
    caption: 'Checks',
    heads: [{ title: 'Check' }, { title: 'Runs' }, { title: 'Weight', isNumber: true }],
    rows: checks.map(check => [
      name(check.name),
      check.isEnabled ? 'yes' : 'no',
      check.weight === '' ? '–' : check.weight,
    ]),
    empty: 'It has no checks yet.',
  })}</div>`
}

function brokenWords(): Markup {
  return html`<p>Something in this file is no profile as usagebook knows them, so it is shown as it is. The page Health says what.</p>`
}
