// What stands around the content of every page: head, name, links, who is logged in, messages, footer.
//
// How a page is added (docs/look.md says how it should look):
// 1. a link in navigation.ts, which has the roles too;
// 2. a file here that exports `pageRoute({ name, ... draw(call) })` of page-route.ts, and for what its forms send
//    `formRoute(...)` of forms.ts;
// 3. both in all-pages.ts;
// 4. a journey in test/server/pages/.
// Content is written with html`...`, which escapes all texts. Addresses are made by hrefOf, assets by their hashed names;
// there is no style attribute and no script in a page. What only a browser shows better is in src/page/.
import type { Identity } from '../../access/identity.ts'
import { html, type Markup, name } from '../../render/html/markup.ts'
import type { Services } from '../services.ts'
import { linksFor, type PageName } from './navigation.ts'

export interface PageContent {
  /** The heading, and with the name of the program the title of the window. */
  readonly title: string
  /** Which link is the current one. */
  readonly page?: PageName
  /** Beside the heading: choices, buttons. */
  readonly tools?: Markup | null
  readonly main: Markup
  /** 200 where it is absent. */
  readonly status?: number
  /** Asks for itself again every 30 seconds. */
  readonly isLive?: boolean
}

/** Who looks at a page, and where. */
export interface Viewer {
  readonly identity: Identity | undefined
  readonly services: Pick<Services, 'settings' | 'assets' | 'version'>
  /** A message to be shown once. */
  readonly notice?: string | undefined
}

/** The address of a path of this server, below its base path. */
export function hrefOf({ settings }: Pick<Services, 'settings'>, path: string): string {
  return `${settings.basePath}${path.replace(/^\//, '')}`
}

// Where no referrer is sent at all, a browser says of its own forms that they come from nowhere ("Origin: null"), and the guard
// refuses them. To other sites none is sent in any case.
export function renderFrame(content: PageContent, { identity, services, notice }: Viewer): string {
  const asset = (file: 'pages.css' | 'pages.js' | 'icon.svg') =>
    hrefOf(services, `/assets/${services.assets.nameOf(file)}`)
  const { title, main, tools = null, isLive } = content
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>${title} · usagebook</title>
<link rel="icon" href="${asset('icon.svg')}">
<link rel="stylesheet" href="${asset('pages.css')}">
<script src="${asset('pages.js')}" defer></script></head>
<body class="app"><a class="skip" href="#main">Skip to content</a>
<header class="top"><div class="bar-top"><a class="brand" href="${hrefOf(services, '/')}"><img src="${asset('icon.svg')}" alt="" width="18" height="18">usagebook</a>${identity === undefined ? null : renderWho(identity, services)}</div>
${identity === undefined ? null : renderLinks(content, identity, services)}</header>
<main id="main" tabindex="-1"${isLive === true ? html` data-live` : null}><div class="page-head"><h1>${title}</h1>${tools}</div>
${notice === undefined ? null : html`<p class="notice done" role="status">${notice}</p>`}${main}</main>
<footer><p>usagebook ${services.version}</p></footer>
</body></html>
`.text
}

function renderLinks({ page }: PageContent, { role }: Identity, services: Viewer['services']): Markup {
  const links = linksFor(role).map(link => {
    const current = link.name === page ? html` aria-current="page"` : null
    return html`<li><a href="${hrefOf(services, link.path)}"${current}>${link.label}</a></li>`
  })
  return html`<nav class="links" aria-label="Pages"><ul>${links}</ul></nav>`
}

// Only who came in by a session can end it.
function renderWho({ actor, role, via }: Identity, services: Viewer['services']): Markup {
  const out =
    via === 'session'
      ? html`<form method="post" action="${hrefOf(services, '/logout')}"><button class="quiet">Log out</button></form>`
      : null
  return html`<div class="who"><span>${name(actor)} <small>${role}</small></span>${out}</div>`
}
