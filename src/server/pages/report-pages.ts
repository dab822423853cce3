// Pages that show a report: activity, errors, threats, users, and any other of the command line.

import { html, type Markup } from '../../render/html/markup.ts'
import type { Call, Route } from '../route.ts'
import { checkReport, merged } from '../routes/reports.ts'
import { hrefOf, type PageContent } from './frame.ts'
import { NAVIGATION, type PageName } from './navigation.ts'
import { pageRoute } from './page-route.ts'
import { renderRangeLinks } from './range-links.ts'
import { askFragment, ranged, VIEW_PARAMETERS, type ViewOptions, viewHref } from './view.ts'

interface Tab {
  readonly label: string
  readonly path: string
  readonly report: string
  readonly summary: string
}

/** What people do, from several sides. */
const ACTIVITY_TABS: readonly Tab[] = [
  { label: 'Sessions', path: '/activity', report: 'sessions', summary: 'how long users stay, and what they do' },
  { label: 'Queries', path: '/activity/queries', report: 'queries', summary: 'what users ask, suggested or typed' },
  { label: 'Uploads', path: '/activity/uploads', report: 'uploads', summary: 'files, their sizes and rows' },
  { label: 'Features', path: '/activity/features', report: 'features', summary: 'what is used, and by whom' },
  { label: 'All activity', path: '/activity/all', report: 'activity', summary: 'who did what, and when' },
]

export const REPORT_PAGES: readonly Route[] = [
  ...ACTIVITY_TABS.map(({ path, report, summary }) =>
    pageRoute({
      page: 'activity',
      path,
      summary,
      parameters: VIEW_PARAMETERS,
      draw: call => drawReport(call, 'Activity', report, tabsOf(call)),
    }),
  ),
  reportPage('errors', 'Errors', 'errors', 'what failed, where, for whom'),
  reportPage('users', 'Users', 'usage', 'who used what, at what cost', ['users'], '/'),
  pageRoute({
    page: 'activity',
    path: '/activity/sessions/:id',
    summary: 'a session, step by step',
    parameters: {},
    async draw(call) {
      const id = call.path.id!
      const steps = await askFragment(
        call,
        { kind: 'events', options: { session: id } },
        { drillPath: hrefOf(call.services, '/') },
      )
      const nothing = html`<div class="nothing"><h2>Nothing to show</h2><p>No event of this session is in the logs, or none that you may see.</p></div>`
      return { title: `Session ${id}`, main: steps.text === '' ? nothing : steps, isLive: true }
    },
  }),
  pageRoute({
    page: 'reports',
    path: '/reports/view/:name',
    roles: NAVIGATION.overview.roles,
    summary: 'any report of the command line',
    parameters: VIEW_PARAMETERS,
    async draw(call) {
      const name = call.path.name!
      checkReport(name)
      return await drawReport(call, `${name[0]!.toUpperCase()}${name.slice(1)}`, name)
    },
  }),
]

function reportPage(
  page: PageName,
  title: string,
  report: string,
  summary: string,
  section?: readonly string[],
  drill?: string,
): Route {
  return pageRoute({
    page,
    summary,
    parameters: VIEW_PARAMETERS,
    draw: call => drawReport(call, title, report, null, section, drill),
  })
}

/** A report as a page. */
export async function drawReport(
  call: Call,
  title: string,
  name: string,
  tabs: Markup | null = null,
  section?: readonly string[],
  drill?: string,
): Promise<PageContent> {
  const options = await merged<ViewOptions>(call, VIEW_PARAMETERS)
  const main = await askFragment(
    call,
    {
      kind: 'report',
      options: { compare: 'previous', ...ranged(options), name, ...(section === undefined ? {} : { section }) },
    },
    { defaults: { compare: 'previous' }, ...(drill === undefined ? {} : { drillPath: hrefOf(call.services, drill) }) },
  )
  return { title, tools: renderRangeLinks(call, options), main: html`${tabs}${main}`, isLive: true }
}

// The range and the filters go with whoever looks from another side.
function tabsOf(call: Call): Markup {
  const items = ACTIVITY_TABS.map(({ label, path }) => {
    const href = hrefOf(call.services, path)
    const mark = href === call.url.pathname.replace(/(?<=.)\/$/, '') ? html` aria-current="true"` : null
    return html`<li><a href="${viewHref(call, {}, href)}"${mark}>${label}</a></li>`
  })
  return html`<nav class="choice tabs" aria-label="Kinds of activity"><ul>${items}</ul></nav>`
}
