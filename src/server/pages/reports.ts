// The reports: any of the command line as a page to send, and the files that were made.
import { listGeneratedReports } from '../../app/workspace/generated-reports.ts'
import { formatCell } from '../../render/cell/format-cell.ts'
import { html, type Markup, name } from '../../render/html/markup.ts'
import { REPORTS } from '../../report/catalogue.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { askerOf, type Call } from '../route.ts'
import { seesFiles } from '../routes/maintenance.ts'
import { DEFAULT_HOURS, HOURS, writeUsageReport } from '../routes/usage.ts'
import { buttons, formRoute, textField } from './forms.ts'
import type { PageContent } from './frame.ts'
import { jobSection } from './jobs.ts'
import { pageRoute } from './page-route.ts'
import { PAGE_ROWS, pager, pathTo, table, when } from './parts.ts'
import { errorOf, errorSummary, type Refusal } from './refusal.ts'

export const REPORTS_PAGE = pageRoute({
  page: 'reports',
  summary: 'the reports, and the files that were made of them',
  parameters: PAGE,
  draw: call => reportsPage(call, undefined),
})

export const MAKE_REPORT_FORM = formRoute({
  page: 'reports',
  path: '/reports',
  roles: ['admin'],
  summary: 'write the summary of the last hours to a file',
  async submit(call) {
    const { path } = await writeUsageReport(call, HOURS.hours.parse(call.form.get('hours') ?? '', 'hours'))
    return { path: '/reports', notice: `The report is made: ${path}` }
  },
  redraw: reportsPage,
})

async function reportsPage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  const { role } = askerOf(call)
  // What jobs do may name any client.
  const jobs = role !== 'viewer' && seesFiles(call) ? await jobSection(call) : null
  return {
    title: 'Reports',
    main: html`<p class="actions"><a href="${pathTo(call, '/reports/explain')}">Why the cost changed</a> <a href="${pathTo(call, '/reports/exports')}">Exports and statements</a></p>${role === 'admin' ? makeForm(call, refusal) : null}${role === 'viewer' ? null : filesOf(call)}${jobs}<h2>All reports</h2>${table(
      {
        caption: 'All reports',
        heads: ['Report', 'What it answers', 'Take it along as'].map(title => ({ title })),
        rows: REPORTS.map(report => [
          html`<a href="${pathTo(call, `/reports/view/${report.name}`)}">${report.name}</a>`,
          report.summary,
          html`<span class="actions">${['html', 'csv', 'json'].map(form => html`<a href="${pathTo(call, `/api/v1/reports/${report.name}.${form}`)}">${form === 'html' ? 'page' : form.toUpperCase()}<span class="hidden"> of ${report.name}</span></a>`)}</span>`,
        ]),
        empty: 'There are none.',
      },
    )}`,
  }
}

function makeForm(call: Call, refusal: Refusal | undefined): Markup {
  const typed = call.form.get('hours') ?? String(DEFAULT_HOURS)
  return html`<form class="panel" method="post" action="${pathTo(call, '/reports')}">${errorSummary(refusal)}<h2>Make a report now</h2>
<p class="hint">Who did what in the last hours, as JSON. It takes the place of the one that was made before.</p>
${textField({ name: 'hours', label: 'Hours', value: typed, hint: 'From 1 to 720.', error: errorOf(refusal, 'hours'), isShort: true })}${buttons('Make now')}</form>`
}

function filesOf(call: Call): Markup {
  const all = seesFiles(call) ? listGeneratedReports(call.services.root) : []
  const { items, counts } = pageOf(call, all, PAGE_ROWS)
  return html`<h2>Made reports</h2>${table({
    caption: 'Made reports',
    heads: [{ title: 'File' }, { title: 'Made' }, { title: 'Size', isNumber: true }],
    rows: items.map(({ id, sizeBytes, modifiedAt }) => [
      html`<a href="${pathTo(call, `/api/v1/generated-reports/${encodeURIComponent(id)}`)}" download>${name(id)}</a>`,
      when(modifiedAt),
      formatCell(sizeBytes, 'bytes', { currency: 'USD', moneyDigits: 2 }),
    ]),
    empty: seesFiles(call)
      ? 'None was made yet.'
      : 'These files are of all clients, so they are for who sees all clients.',
  })}${pager(call, counts)}`
}
