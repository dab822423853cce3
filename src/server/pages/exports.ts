// Files for finance: statements and notes, FOCUS, events for a warehouse. And why the cost changed.
import type { ReportOptions } from '../../app/request/parameters.ts'
import { formatMoney } from '../../base/money-text.ts'
import { html, type Markup, name } from '../../render/html/markup.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { makeStatements, statementsFor } from '../resources/statement-calls.ts'
import { askerOf, type Call } from '../route.ts'
import { merged, REPORT_PARAMETERS } from '../routes/reports.ts'
import { STATEMENT_READERS } from '../routes/statements.ts'
import { buttons, checkbox, formRoute, textField, textIn } from './forms.ts'
import type { PageContent } from './frame.ts'
import { NAVIGATION } from './navigation.ts'
import { pageRoute } from './page-route.ts'
import { PAGE_ROWS, pager, pathTo, table } from './parts.ts'
import { renderRangeLinks } from './range-links.ts'
import { errorOf, errorSummary, type Refusal } from './refusal.ts'
import { askFragment, ranged, VIEW_PARAMETERS, type ViewOptions } from './view.ts'

const PATH = '/reports/exports'
const { explainBy, explainQuantity, explainMethod } = REPORT_PARAMETERS
const EXPLAIN_PARAMETERS = { ...VIEW_PARAMETERS, explainBy, explainQuantity, explainMethod }
const TITLES = { statement: 'Statement', 'credit-note': 'Credit note', 'debit-note': 'Debit note' } as const

export const EXPORTS_PAGE = pageRoute({
  page: 'reports',
  path: PATH,
  roles: STATEMENT_READERS,
  summary: 'statements of clients, and files for other programs',
  parameters: PAGE,
  draw: async call => exportsPage(call, undefined),
})

export const MAKE_STATEMENTS_FORM = formRoute({
  page: 'reports',
  path: PATH,
  roles: ['admin'],
  summary: 'make the statements of a period',
  parameters: PAGE,
  async submit(call) {
    const makesNotes = call.form.get('corrections') !== null
    const { kept, outdated } = await makeStatements(
      call,
      { period: textIn(call, 'period') ?? 'last-month' },
      makesNotes,
    )
    const made =
      kept.length === 1 ? 'The period has 1 statement.' : `The period has ${kept.length} statements and notes.`
    const changed =
      outdated.length === 0
        ? ''
        : ` Since they were made, something has changed: ${outdated.join(', ')}. Make notes of it.`
    return { path: PATH, notice: `${made}${changed}` }
  },
  redraw: async (call, refusal) => exportsPage(call, refusal),
})

export const EXPLAIN_COST_PAGE = pageRoute({
  page: 'reports',
  path: '/reports/explain',
  roles: NAVIGATION.overview.roles,
  summary: 'why the cost changed',
  parameters: EXPLAIN_PARAMETERS,
  async draw(call) {
    const asked = await merged<ViewOptions & Pick<ReportOptions, 'explainBy'>>(call, EXPLAIN_PARAMETERS)
    const options = { compare: 'previous', ...ranged(asked), name: 'usage', explain: true } as const
    const main = await askFragment(
      call,
      { kind: 'report', options },
      { defaults: { compare: 'previous', explain: 'true' } },
    )
    return { title: 'Why the cost changed', tools: renderRangeLinks(call, asked), main, isLive: true }
  },
})

function exportsPage(call: Call, refusal: Refusal | undefined): PageContent {
  const { items, counts } = pageOf(call, statementsFor(call), PAGE_ROWS)
  return {
    title: 'Exports',
    main: html`${askerOf(call).role === 'admin' ? makeForm(call, refusal) : null}<h2>Statements and notes</h2>${table({
      caption: 'Statements and notes',
      heads: [
        { title: 'Number' },
        { title: 'Client' },
        { title: 'Kind' },
        { title: 'Period' },
        { title: 'Total', isNumber: true },
        { title: 'Take it along as' },
      ],
      rows: items.map(({ statement: { number, name: client, kind, currency, total }, source }) => [
        number,
        name(client),
        TITLES[kind],
        (source.period as { readonly label: string }).label,
        formatMoney(total, { currency: currency.code, moneyDigits: Math.max(2, total.scale) }),
        html`<span class="actions">${(['html', 'csv', 'json'] as const).map(
          form =>
            html`<a href="${pathTo(call, `/api/v1/statements/${encodeURIComponent(number)}.${form}`)}" download>${form === 'html' ? 'page' : form.toUpperCase()}<span class="hidden"> of ${number}</span></a>`,
        )}</span>`,
      ]),
      empty: 'None was made yet.',
    })}${pager(call, counts)}${fileForm(call)}`,
  }
}

function makeForm(call: Call, refusal: Refusal | undefined): Markup {
  return html`<form class="panel" method="post" action="${pathTo(call, PATH)}">${errorSummary(refusal)}<h2>Make statements</h2>
<p class="hint">One for each client. A statement that was made stays as it is; what has changed since becomes a note.</p>
${textField({ name: 'period', label: 'Period', value: call.form.get('period') ?? 'last-month', hint: 'A month that is over, such as 2026-01.', error: errorOf(refusal, 'period'), isShort: true })}
${checkbox({ name: 'corrections', label: 'Make notes of what has changed', isTicked: call.form.get('corrections') !== null })}${buttons('Make statements')}</form>`
}

// A plain form that leads to files, so that the address of a file can be copied into a script.
function fileForm(call: Call): Markup {
  const focus = pathTo(call, '/api/v1/exports/focus')
  const events = pathTo(call, '/api/v1/exports/events')
  return html`<h2>Files for other programs</h2><form class="panel" method="get" action="${focus}">
<div class="field"><label for="f-files">Period of the files</label><input class="short" id="f-files" name="period" type="text" value="last-month" aria-describedby="f-files-hint"><p class="hint" id="f-files-hint">Such as 2026-01, last-month, 2026-Q1.</p></div>
<p class="buttons"><button class="first">FOCUS</button> <button formaction="${events}" name="format" value="csv">Events as CSV</button> <button formaction="${events}" name="format" value="parquet">Events as Parquet</button></p></form>`
}
