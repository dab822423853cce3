// What stands in place of charts and tables where there is nothing in them.
import type { Report } from '../../report/model/report.ts'
import { describeNothing } from '../cell/describe-ledger.ts'
import { html, type Markup } from './markup.ts'

export function renderNothing({ ledger }: Pick<Report, 'ledger'>): Markup {
  return html`<div class="nothing"><h2>Nothing to show</h2><p>${describeNothing(ledger)}</p></div>
`
}
