// A section as a table: complete without a script up to a number of rows, with all of them as data for the script.
import { withThousands } from '../../base/thousands.ts'
import type { Section } from '../../report/report.ts'
import { chooseShownColumns } from '../choose-columns.ts'
import { moneyDigitsOf, restLabel } from '../format-cell.ts'
import { embeddedJson, html, type Markup } from './markup.ts'
import { type PageTable, pageCell, renderRow } from './table-row.ts'

/** Rows that are there without a script. */
const STATIC_ROWS = 100
/** A table of as many columns takes the width of the page. */
const WIDE_COLUMNS = 6

export function renderSectionTable(section: Section, wanted: readonly string[] | null): Markup {
  const indexes = chooseShownColumns(section, wanted)
  const columns = indexes.map(index => section.columns[index]!)
  const table = pageTable(section, indexes)
  const { rest } = section
  const restRow =
    rest === null
      ? null
      : html`<tfoot>${renderRow(
          table,
          indexes.map(index => pageCell(rest.row[index]!)),
          restLabel(rest),
        )}</tfoot>`
  const heads = columns.map((column, index) => {
    const isText = column.kind === 'text' || column.kind === 'list'
    return html`<th scope="col" class="${isText ? 't' : 'n'}">${column.title || section.title || String(index + 1)}</th>`
  })
  return html`<div class="${columns.length >= WIDE_COLUMNS ? 'scroll full' : 'scroll'}" role="region" aria-labelledby="${section.name}-caption" tabindex="0">
<table id="${section.name}-table"><caption id="${section.name}-caption">${section.title}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${table.rows.slice(0, STATIC_ROWS).map(row => renderRow(table, row))}</tbody>${restRow}</table></div>
${leftOutNote(section)}${embeddedJson(`${section.name}-data`, table)}
`
}

function leftOutNote(section: Section): Markup | null {
  const count = section.rows.length
  if (count <= STATIC_ROWS) return null
  return html`<p class="left-out">The first ${STATIC_ROWS} of ${withThousands(String(count))} rows. All of them are in this file: allow its script to turn the pages, or use --format csv.</p>`
}

function pageTable(section: Section, indexes: readonly number[]): PageTable {
  const barAt = indexes.findIndex(index => section.columns[index]!.key === section.barKey)
  const barIndex = indexes[barAt]
  const rows = section.rest === null ? section.rows : [...section.rows, section.rest.row]
  const shares = barIndex === undefined ? [] : section.rows.map(row => Number(row[barIndex] ?? 0))
  return {
    columns: indexes.map(index => {
      const { key, kind, currency = 'USD' } = section.columns[index]!
      return {
        kind,
        currency,
        moneyDigits: moneyDigitsOf(rows.map(row => row[index]!)),
        isBad: key === 'errors',
      }
    }),
    barAt,
    most: shares.reduce((most, share) => Math.max(most, share), 0),
    rows: section.rows.map(row => indexes.map(index => pageCell(row[index]!))),
  }
}
