// The profiles: who may see each, who uses it, and who changed it last.
import type { ListedProfile, ProfileList } from '../../../app/profile/answers.ts'
import { listSeen } from '../../../app/profile/seen-profiles.ts'
import { html, type Markup, name } from '../../../render/html/markup.ts'
import { ownClients } from '../../resources/client-calls.ts'
import { PAGE, pageOf } from '../../resources/list-page.ts'
import { EDITORS, homeOf, sightOf, withoutForeign } from '../../resources/profile-calls.ts'
import { type Call, hasRole } from '../../route.ts'
import { selectField, textField } from '../forms.ts'
import { pageRoute } from '../page-route.ts'
import { button, PAGE_ROWS, pager, pathTo, table, when } from '../parts.ts'
import { MANY_PATH, NEW_PATH, profilePath } from './links.ts'

const PARAMETERS = {
  client: { value: 'CLIENT', help: 'only what this client may see' },
  find: { value: 'TEXT', help: 'only those with this in their name or id' },
  ...PAGE,
}

interface ListOptions {
  readonly client?: string | undefined
  readonly find?: string
}

export const PROFILES_PAGE = withoutForeign(
  pageRoute({
    page: 'profiles',
    summary: 'the profiles, who may see them and who uses them',
    parameters: PARAMETERS,
    async draw(call) {
      const { client, find = '' } = call.options as ListOptions
      const list = await listSeen({ client, isAllVersions: false }, sightOf(call), homeOf(call))
      const wanted = find.trim().toLowerCase()
      const found = list.profiles.filter(({ profile, name: words }) => {
        return `${profile}\n${words}`.toLowerCase().includes(wanted)
      })
      const { items, counts } = pageOf(call, found, PAGE_ROWS)
      return {
        title: 'Profiles',
        tools: hasRole(call, EDITORS)
          ? html`<div class="tools">${button(pathTo(call, MANY_PATH), 'Edit many')}<a class="button first" href="${pathTo(call, NEW_PATH)}">New profile</a></div>`
          : null,
        main: html`${await filterForm(call, { client, find })}${brokenNote(list)}${table({
          caption: 'Profiles',
          heads: [
            { title: 'Profile' },
            { title: 'Version', isNumber: true },
            { title: 'Visible to' },
            { title: 'Used by' },
            { title: 'Changed' },
            { title: 'By' },
          ],
          rows: items.map(listed => rowOf(call, listed)),
          empty: emptyWords(call, list, { client, find }),
        })}${pager(call, counts)}`,
      }
    },
  }),
)

function rowOf(
  call: Call,
  { profile, name: words, version, usedBy, modifiedAt, modifiedBy, ...listed }: ListedProfile,
) {
  const uses = usedBy.map(({ client, version: used }) => (used === version ? client : `${client} (version ${used})`))
  return [
    html`<a href="${pathTo(call, profilePath(profile))}">${name(words)}</a><small class="id">${profile}</small>`,
    version,
    listed.visibility === 'all' ? 'all clients' : name(listed.visibleToClients.join(', ')),
    uses.length === 0 ? '–' : name(uses.join(', ')),
    when(modifiedAt),
    modifiedBy === null ? '–' : name(modifiedBy),
  ]
}

async function filterForm(call: Call, { client = '', find = '' }: ListOptions): Promise<Markup> {
  const own = await ownClients(call)
  const choices = [
    { value: '', label: 'All clients' },
    ...own.map(({ id, name: words }) => ({ value: id, label: words ?? id })),
  ]
  return html`<form class="filter" method="get" action="${call.url.pathname}">
${selectField({ name: 'client', label: 'Client', value: client, choices })}
${textField({ name: 'find', label: 'Name or id', type: 'search', value: find })}<button>Show</button></form>`
}

function brokenNote({ broken }: ProfileList): Markup | null {
  if (broken.length === 0) return null
  return html`<div class="notice warn"><p>Warning: some files are no profiles.</p><ul>${broken.map(({ profileId, why }) => html`<li>${name(profileId)}: ${name(why)}</li>`)}</ul></div>`
}

function emptyWords(call: Call, { profiles }: ProfileList, { client, find }: ListOptions) {
  if (profiles.length > 0 && find !== '') return html`No profile has ${name(`“${find}”`)} in its name or id.`
  if (client !== undefined) return html`${name(client)} may see no profile.`
  return hasRole(call, EDITORS)
    ? html`There are no profiles yet. A profile is a named set of checks that an application runs for a client. <a href="${pathTo(call, NEW_PATH)}">Make the first one</a>.`
    : 'There are no profiles for you yet.'
}
