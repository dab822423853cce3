// The clients, and for each what its application should run and what else it may see.
import { addClient } from '../../app/client/add-client.ts'
import { assignProfile } from '../../app/client/assign-profile.ts'
import { removeClient } from '../../app/client/remove-client.ts'
import { showClient } from '../../app/client/show-client.ts'
import { unassignProfile } from '../../app/client/unassign-profile.ts'
import type { ShownClient } from '../../app/profile/answers.ts'
import { exactly, listSeen, showSeen } from '../../app/profile/seen-profiles.ts'
import { html, type Markup, name } from '../../render/html/markup.ts'
import { changeClient, ownClient, ownClients } from '../resources/client-calls.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import {
  changeOf,
  EDITORS,
  homeOf,
  sightOf,
  tellingNothingForeign,
  withoutForeign,
} from '../resources/profile-calls.ts'
import { type Call, hasRole } from '../route.ts'
import { buttons, formRoute, selectField, textField, textIn, typedField } from './forms.ts'
import type { PageContent } from './frame.ts'
import { pageRoute } from './page-route.ts'
import { PAGE_ROWS, pager, pathTo, table } from './parts.ts'
import { profilePath } from './profiles/links.ts'
import { errorSummary, type Refusal } from './refusal.ts'

const ADMIN = ['admin'] as const

export const CLIENTS_PAGE = pageRoute({
  page: 'clients',
  summary: 'the clients and the profiles that they use',
  parameters: PAGE,
  draw: call => listPage(call, undefined),
})

export const ADD_CLIENT_FORM = formRoute({
  page: 'clients',
  path: '/clients',
  roles: ADMIN,
  summary: 'add a client with the form',
  async submit(call) {
    const client = textIn(call, 'id') ?? ''
    const { message } = await changeClient(call, 'client.add', { client }, changeOf(call), request =>
      addClient({ ...request, client, name: textIn(call, 'name') }, homeOf(call)),
    )
    return { path: clientPath(client), notice: message }
  },
  redraw: (call, refusal) =>
    listPage(call, { ...refusal, field: refusal.problem.code.includes('client') ? 'id' : refusal.field }),
})

export const CLIENT_PAGE = withoutForeign(
  pageRoute({
    page: 'clients',
    path: '/clients/:id',
    summary: 'a client: what its application should run, and what else it may see',
    draw: call => clientPage(call, undefined),
  }),
)

export const ASSIGN_FORM = formRoute({
  page: 'clients',
  path: '/clients/:id',
  roles: EDITORS,
  summary: 'let a client use a profile, or no longer',
  submit: call =>
    tellingNothingForeign(call, async () => {
      const client = ownClient(call)
      const isToStop = call.form.has('unassign')
      const id = call.form.get(isToStop ? 'unassign' : 'profile') ?? ''
      if (!isToStop) await showSeen(id, sightOf(call), homeOf(call))
      const action = isToStop ? 'client.unassign' : 'client.assign'
      const work = isToStop ? unassignProfile : assignProfile
      const { message } = await changeClient(call, action, { client, profile: id }, changeOf(call), request =>
        work({ ...request, client, id }, homeOf(call)),
      )
      return { path: clientPath(client), notice: message }
    }),
  redraw: (call, refusal) => tellingNothingForeign(call, () => clientPage(call, refusal)),
})

export const REMOVE_CLIENT_PAGE = withoutForeign(
  pageRoute({
    page: 'clients',
    path: '/clients/:id/remove',
    roles: ADMIN,
    summary: 'what the removal of a client would do, and the button for it',
    draw: call => removePage(call, undefined),
  }),
)

export const REMOVE_CLIENT_FORM = formRoute({
  page: 'clients',
  path: '/clients/:id/remove',
  roles: ADMIN,
  summary: 'remove a client that no profile names any more',
  async submit(call) {
    const client = call.path.id!
    const { message } = await changeClient(call, 'client.remove', { client }, changeOf(call), request =>
      removeClient({ ...request, client }, homeOf(call)),
    )
    return { path: '/clients', notice: message }
  },
  redraw: (call, refusal) => removePage(call, refusal),
})

function clientPath(client: string): string {
  return `/clients/${encodeURIComponent(client)}`
}

async function listPage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  const { items, counts } = pageOf(call, await ownClients(call), PAGE_ROWS)
  return {
    title: 'Clients',
    main: html`${errorSummary(refusal)}${table({
      caption: 'Clients',
      heads: ['Client', 'Id', 'Uses'].map(title => ({ title })),
      rows: items.map(({ id, name: words, profiles }) => [
        html`<a href="${pathTo(call, clientPath(id))}">${name(words ?? id)}</a>`,
        name(id),
        profiles.length === 0 ? '–' : name(profiles.join(', ')),
      ]),
      empty: 'There are no clients yet. A client is who an application works for; profiles are revealed to clients.',
    })}${pager(call, counts)}${hasRole(call, ADMIN) ? addForm(call, refusal) : null}`,
  }
}

function addForm(call: Call, refusal: Refusal | undefined): Markup {
  const field = (key: string, label: string, hint: string) => textField(typedField(call, refusal, key, label, hint))
  return html`<h2>Add a client</h2><form class="panel slim" method="post" action="${pathTo(call, '/clients')}">
${field('id', 'Id', 'As the usage logs name the client.')}${field('name', 'Name', 'For people; may stay empty.')}${buttons('Add')}</form>`
}

async function clientPage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  const client = ownClient(call)
  const shown = await showClient(client, homeOf(call))
  const isEditable = hasRole(call, EDITORS)
  return {
    title: shown.name ?? shown.id,
    tools: hasRole(call, ADMIN)
      ? html`<div class="tools"><a class="button" href="${pathTo(call, `${clientPath(client)}/remove`)}">Remove this client</a></div>`
      : null,
    main: html`${errorSummary(refusal)}<p class="hint">Id <code>${shown.id}</code>. <a href="${pathTo(call, '/profiles', { client })}">Profiles that it may see</a></p>
<h2>What its application should run</h2>${usesTable(call, shown, isEditable)}
<p class="hint">Programs read it, with the content of each profile, at <a href="${pathTo(call, `/api/v1/clients/${encodeURIComponent(client)}/profiles`)}"><code>/api/v1/clients/${encodeURIComponent(client)}/profiles</code></a>.</p>
${isEditable ? await assignForm(call, shown) : null}`,
  }
}

function usesTable(call: Call, { id, uses }: ShownClient, isEditable: boolean): Markup {
  return table({
    caption: 'What its application should run',
    heads: [
      { title: 'Profile' },
      { title: 'Version', isNumber: true },
      { title: 'Newest', isNumber: true },
      { title: '' },
    ],
    rows: uses.map(({ profileId, version, newestVersion }) => [
      html`<a href="${pathTo(call, profilePath(exactly(profileId)))}">${profileId}</a>`,
      version,
      newestVersion ?? '–',
      isEditable
        ? html`<form method="post" action="${pathTo(call, clientPath(id))}"><button class="quiet" name="unassign" value="${profileId}">Stop using<span class="hidden"> ${profileId}</span></button></form>`
        : null,
    ]),
    empty: 'It uses no profile yet.',
  })
}

// What it may see and does not use, and newer versions of what it uses.
async function assignForm(call: Call, { id, uses, maySee }: ShownClient): Promise<Markup> {
  const { profiles } = await listSeen({ client: id, isAllVersions: false }, sightOf(call), homeOf(call))
  const used = new Set(uses.map(({ profileId }) => profileId))
  const choices = profiles
    .filter(({ profileId }) => !used.has(profileId))
    .map(({ profile, profileId, name: words }) => ({
      value: profile,
      label: maySee.includes(profile) ? `${words} (${profile})` : `${words}: the newest version, ${profileId}`,
    }))
  if (choices.length === 0)
    return html`<p class="hint">It uses the newest version of every profile that it may see.</p>`
  return html`<h2>Let it use another</h2><form class="panel slim" method="post" action="${pathTo(call, clientPath(id))}">
${selectField({ name: 'profile', label: 'Profile', choices })}${buttons('Assign')}</form>`
}

async function removePage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  const client = call.path.id!
  const { uses } = await showClient(client, homeOf(call))
  return {
    title: `Remove ${client}`,
    main: html`${errorSummary(refusal)}<div class="panel slim"><p>${uses.length === 0 ? 'The client uses no profile.' : html`The client stops using ${name(uses.map(({ profileId }) => profileId).join(', '))}.`} Profiles that name it must let it go first. The logs and the reports of it stay.</p>
<form method="post" action="${pathTo(call, `${clientPath(client)}/remove`)}"><p class="buttons"><button class="danger">Remove ${name(client)}</button><a class="button" href="${pathTo(call, clientPath(client))}">Cancel</a></p></form></div>`,
  }
}
