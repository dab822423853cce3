// The first rows of a section as bars.
import { decimalToNumber } from '../../base/decimal.ts'
import { isDecimal } from '../../base/json.ts'
import { largestOf } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Cell, Section } from '../../report/model/report.ts'
import { formatCell, moneyDigitsOf, partTest } from '../cell/format-cell.ts'
import { html, type Markup } from './markup.ts'
import type { PageLinks } from './page-links.ts'
import { rowName } from './row-name.ts'
import { severityClass } from './severity.ts'

const ROWS = 8

export interface BarOptions {
  /** On a page, names lead to what is theirs. */
  readonly links?: PageLinks
  /** Fewer have nothing to be compared with. */
  readonly leastRows?: number
}

/** Null where there is nothing to compare. */
export function renderBarChart(section: Section, { links, leastRows = 2 }: BarOptions = {}): Markup | null {
  const at = section.columns.findIndex(column => column.key === valueKey(section))
  const rows = section.rows.slice(0, ROWS)
  const most = largestOf(
    rows.map(row => lengthOf(row[at] ?? null)),
    0,
  )
  if (section.barKey === null || section.rows.length < leastRows || most === 0) return null
  const { key, kind, title, currency = 'USD' } = section.columns[at]!
  const style = { currency, moneyDigits: moneyDigitsOf(rows.map(row => row[at]!)) }
  const isPart = partTest(section, at)
  const shareAt = section.columns.findIndex(column => column.kind === 'share' && column.key === 'share')
  const items = rows.map(row => {
    const percent = (lengthOf(row[at]!) / most) * 100
    const share =
      shareAt < 0 || shareAt === at
        ? null
        : html`<span class="share">${formatCell(row[shareAt]!, 'share', style)}</span>`
    return html`<li><span class="name">${linkedName(section, row, links)}</span>
<svg aria-hidden="true"><rect class="${colourOf(section, row, key)}" width="${percent.toFixed(1)}%" height="100%" rx="3"/></svg>
<span class="value">${formatCell(row[at]!, kind, style, isPart(row))}</span>${share}</li>`
  })
  const all = withThousands(String(section.rows.length))
  const which = section.rows.length > ROWS ? `The first ${ROWS} of ${all}.` : `All ${all}.`
  return html`<figure class="${shareAt < 0 || shareAt === at ? 'bars' : 'bars shared'}"><figcaption><h3>${title} by ${section.rowName.replaceAll('_', ' ')}</h3><p>${which}</p></figcaption>
<ol>${items}</ol></figure>
`
}

function linkedName(section: Section, row: readonly Cell[], links: PageLinks | undefined): Markup {
  const shown = rowName(section, row)
  const href = links?.only(section.rowName, row[0] as string | null) ?? null
  return href === null ? shown : html`<a href="${href}">${shown}</a>`
}

function colourOf({ rowName: field }: Section, row: readonly Cell[], key: string): string {
  const severity = field === 'severity' ? severityClass(String(row[0])) : undefined
  return severity ?? (key === 'errors' ? 'c-bad' : 'c0')
}

function lengthOf(cell: Cell): number {
  return Math.max(0, isDecimal(cell) ? decimalToNumber(cell) : Number(cell ?? 0))
}

// The number that a row shows first, which is what rows are ordered by. A rank is only its place.
function valueKey(section: Section): string | undefined {
  const isNumber = (key: string) => {
    const kind = section.columns.find(column => column.key === key)?.kind
    return kind !== undefined && kind !== 'text' && kind !== 'list' && key !== 'rank'
  }
  return section.shown.find(isNumber)
}
