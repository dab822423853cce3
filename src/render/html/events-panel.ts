// Single events on a page of a server, each a line with what there is to say of it.
import type { Cell, ColumnKind, Report } from '../../report/model/report.ts'
import { formatCell, moneyDigitsOf } from '../cell/format-cell.ts'
import { html, type Markup, name } from './markup.ts'
import type { PageLinks } from './page-links.ts'
import { renderPanel } from './panel.ts'
import { shortLabel } from './time-buckets.ts'

const ABOUT = ['feature', 'profile', 'model', 'endpoint']

/** Empty where there are none. */
export function renderEventsPanel(report: Report, links: PageLinks, title: string): string {
  const section = report.sections.find(({ rows }) => rows.length > 0)
  if (section === undefined) return ''
  const titled = { ...section, name: 'events', title }
  const at = (key: string) => section.columns.findIndex(column => column.key === key)
  const hasCost = Array.from(section.rows).some(row => row[at('cost_usd')] !== null)
  const costs = {
    hasCost,
    currency: 'USD',
    moneyDigits: moneyDigitsOf(Array.from(section.rows, row => row[at('cost_usd')]!)),
  }
  const lines = Array.from(section.rows, row => renderLine(row, at, links, costs))
  const table = html`<h3>${title}</h3><div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="events"><caption>${title}</caption>
<thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">Client</th><th scope="col">User</th><th scope="col">About</th><th scope="col">Outcome</th><th scope="col" class="n">Took</th>${hasCost ? html`<th scope="col" class="n">Cost</th>` : null}</tr></thead>
<tbody>${lines}</tbody></table></div>`
  return renderPanel(titled, table, 'full', links, null).text
}

function renderLine(
  row: readonly Cell[],
  at: (key: string) => number,
  links: PageLinks,
  style: { readonly currency: string; readonly moneyDigits: number; readonly hasCost: boolean },
): Markup {
  const cell = (key: string) => row[at(key)] ?? null
  const text = (key: string) => (cell(key) === null ? '' : String(cell(key)))
  const number = (key: string, kind: ColumnKind) => (cell(key) === null ? '' : formatCell(cell(key), kind, style))
  const linked = (key: string) => {
    const href = cell(key) === null ? null : links.only(key, text(key))
    return href === null ? name(text(key)) : html`<a href="${href}">${name(text(key))}</a>`
  }
  const session = cell('session') === null ? null : links.only('session', text('session'))
  const time = text('timestamp')
  const seconds = /T\d\d:\d\d(:\d\d)/.exec(time)?.[1] ?? ''
  const when = html`<time datetime="${time}">${shortLabel(time)}${seconds}</time>`
  const about = ABOUT.map(text).filter(part => part !== '')
  const isBad = text('status') === 'error'
  const outcome = [text('status_code'), text('error')].filter(part => part !== '').join(' ') || text('status')
  return html`<tr><th scope="row">${session === null ? when : html`<a href="${session}" title="The session, step by step">${when}</a>`}</th><td>${name(text('event'))}</td><td>${linked('client')}</td><td>${linked('user')}</td><td>${name(about.join(' · '))}</td><td${isBad ? html` class="bad"` : null}>${name(outcome)}</td><td class="n">${number('duration_ms', 'duration')}</td>${style.hasCost ? html`<td class="n">${number('cost_usd', 'money')}</td>` : null}</tr>
`
}
