// Share links: a report for somebody without a login; made, shown this once, and revoked.
import { LINK } from '../../../app/access/parameters.ts'
import { createLink, LINK_MS, type ListedLink, listLinks, revokeLink } from '../../../app/access/share-links.ts'
import { html, type Markup, name } from '../../../render/html/markup.ts'
import { REPORT_NAMES } from '../../../report/catalogue.ts'
import { askerOf, type Call } from '../../route.ts'
import { buttons, formRoute, selectField, textField, textIn, typedField } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import { pathTo, table, when } from '../parts.ts'
import { errorSummary, type Refusal } from '../refusal.ts'
import { revocation } from './revocation.ts'
import { ACCESS_PATHS, accessViews, askerIn, clientField, clientsIn, scopeWords } from './views.ts'

const PATH = ACCESS_PATHS.links

export const LINKS_PAGE = pageRoute({
  page: 'access',
  path: PATH,
  summary: 'the share links',
  parameters: { made: { value: 'ID', help: 'a link that was just made' } },
  draw: async call => linksPage(call, undefined),
})

export const MAKE_LINK_FORM = formRoute({
  page: 'access',
  path: PATH,
  summary: 'make a share link with the form',
  async submit(call) {
    const expires = textIn(call, 'expires')
    const asked = clientsIn(call) ?? []
    const { path } = await createLink(
      {
        ...askerIn(call),
        name: textIn(call, 'name'),
        report: textIn(call, 'report'),
        clients: asked.length === 1 && asked[0] === '*' ? '*' : asked,
        expiresInMs: expires === undefined ? LINK_MS : LINK.expires.parse(expires, 'expires'),
      },
      call.services.access,
    )
    return { path: `${PATH}?made=${call.services.notices.leave(askerOf(call).actor, path)}` }
  },
  redraw: async (call, refusal) => linksPage(call, refusal),
})

export const [REVOKE_LINK_PAGE, REVOKE_LINK_FORM] = revocation({
  path: `${PATH}/:id/revoke`,
  back: PATH,
  what: 'link',
  words: 'Who opens this link sees nothing from now on. It cannot be undone.',
  find: call => listLinks(call.services.access).links.find(({ id }) => id === call.path.id),
  revoke: call => revokeLink({ ...askerIn(call), id: call.path.id! }, call.services.access),
})

function linksPage(call: Call, refusal: Refusal | undefined): PageContent {
  return {
    title: 'Access',
    tools: accessViews(call, 'links'),
    main: html`${errorSummary(refusal)}${madeLink(call)}${table({
      caption: 'Share links',
      heads: ['Link', 'State', 'Shows', 'Clients', 'Made', 'By', 'Expires', ''].map(title => ({ title })),
      rows: listLinks(call.services.access)
        .links.toReversed()
        .map(link => rowOf(call, link)),
      empty: 'There are no share links yet. A link shows one report to somebody who has no login.',
    })}<h2>Make a link</h2><form class="panel slim" method="post" action="${pathTo(call, PATH)}">
${textField(typedField(call, refusal, 'name', 'Name', LINK.name.help))}${selectField({
  ...typedField(call, refusal, 'report', 'Report'),
  value: call.form.get('report') ?? 'dashboard',
  choices: ['dashboard', ...REPORT_NAMES].map(value => ({ value })),
})}${clientField(call, refusal)}
${textField({ ...typedField(call, refusal, 'expires', 'Expires', LINK.expires.help), isShort: true })}${buttons('Make link')}</form>`,
  }
}

function madeLink(call: Call): Markup | null {
  const id = call.options.made as string | undefined
  const path = id === undefined ? undefined : call.services.notices.take(id, askerOf(call).actor)
  if (path === undefined) return null
  const address = new URL(pathTo(call, path), call.url).href
  return html`<div class="notice done" role="status"><p>The link is made. Keep it now: it is not shown again.</p><p><code>${address}</code></p></div>`
}

function rowOf(call: Call, { id, name: words, state, report, clients, createdAt, createdBy, expiresAt }: ListedLink) {
  return [
    html`${name(words ?? id)}${words === null ? null : html`<small class="id">${id}</small>`}`,
    state,
    report,
    scopeWords(clients),
    when(createdAt),
    name(createdBy),
    when(expiresAt),
    state === 'active'
      ? html`<a href="${pathTo(call, `${PATH}/${encodeURIComponent(id)}/revoke`)}">Revoke<span class="hidden"> ${words ?? id}</span></a>`
      : null,
  ]
}
