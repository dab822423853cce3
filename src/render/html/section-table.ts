// A section as a table: complete without a script up to a number of rows, with all of them as data for the script.
import { withThousands } from '../../base/thousands.ts'
import type { Section } from '../../report/model/report.ts'
import { chooseShownColumns } from '../cell/choose-columns.ts'
import { moneyDigitsOf, partTest, restLabel } from '../cell/format-cell.ts'
import { embeddedJson, html, type Markup } from './markup.ts'
import type { PageLinks } from './page-links.ts'
import { type PageTable, pageCell, renderRow } from './table-row.ts'

/** Rows that are there without a script. */
const STATIC_ROWS = 100
/** Rows that are there with it: more would make the file too large to be opened. */
const FILE_ROWS = 20_000
/** As many in a page that is asked for again every half minute. */
const PAGE_ROWS = 2000
/** A table of fewer columns shares the width of the page with another; bars are as wide as a column. */
const WIDE_COLUMNS = 6

/** `most` is how many rows there are with a script. */
export function renderSectionTable(
  section: Section,
  wanted: readonly string[] | null,
  links?: PageLinks,
  most = links === undefined ? FILE_ROWS : PAGE_ROWS,
): Markup {
  const indexes = chooseShownColumns(section, wanted)
  const columns = indexes.map(index => section.columns[index]!)
  const table = pageTable(section, indexes, links, most)
  const { rest } = section
  const isPart = indexes.map(index => partTest(section, index))
  const restRow =
    rest === null
      ? null
      : html`<tfoot>${renderRow(
          table,
          indexes.map((index, at) => pageCell(rest.row[index]!, isPart[at]!(rest.row))),
          restLabel(rest),
        )}</tfoot>`
  const heads = columns.map((column, index) => {
    const isText = column.kind === 'text' || column.kind === 'list'
    const kind = isText ? 't' : index === table.barAt ? 'n bar' : 'n'
    return html`<th scope="col" class="${kind}">${column.title || section.title || String(index + 1)}</th>`
  })
  return html`<div class="scroll" role="region" aria-labelledby="${section.name}-caption" tabindex="0">
<table id="${section.name}-table"><caption id="${section.name}-caption">${section.title}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${table.rows.slice(0, STATIC_ROWS).map((row, at) => renderRow(table, row, null, table.metrics?.[at], table.hrefs?.[at]))}</tbody>${restRow}</table></div>
${leftOutNote(section, links !== undefined, most)}${embeddedJson(`${section.name}-data`, table)}
`
}

function leftOutNote(section: Section, isOnline: boolean, mostRows: number): Markup | null {
  const count = section.rows.length
  const [all, most] = [count, mostRows].map(rows => withThousands(String(rows)))
  const isCut = count > mostRows
  const inFile = isCut ? `The first ${most!} are` : 'All of them are'
  const left = isCut
    ? html`<p class="cut">${isOnline ? 'This page' : 'This file'} holds the first ${most!} of ${all!} rows; the CSV form has all of them.</p>`
    : null
  if (count <= STATIC_ROWS) return null
  return html`<p class="left-out">The first ${STATIC_ROWS} of ${all!} rows. ${inFile} in ${isOnline ? 'this page' : 'this file'}: allow its script to turn the pages, or take the CSV form.</p>${left}`
}

/** Whether a table needs the whole width of the page. */
export function isWideTable(section: Section, wanted: readonly string[] | null): boolean {
  const keys = chooseShownColumns(section, wanted).map(index => section.columns[index]!.key)
  return keys.length + (keys.includes(section.barKey ?? '') ? 1 : 0) >= WIDE_COLUMNS
}

function pageTable(
  section: Section,
  indexes: readonly number[],
  links: PageLinks | undefined,
  most: number,
): PageTable {
  const barAt = indexes.findIndex(index => section.columns[index]!.key === section.barKey)
  const barIndex = indexes[barAt]
  const isPart = indexes.map(index => partTest(section, index))
  const rows = section.rest === null ? section.rows : [...section.rows, section.rest.row]
  const shares = barIndex === undefined ? [] : section.rows.map(row => Number(row[barIndex] ?? 0))
  return {
    columns: indexes.map(index => {
      const { key, kind, currency = 'USD', isSum = false } = section.columns[index]!
      return {
        kind,
        currency,
        moneyDigits: moneyDigitsOf(rows.map(row => row[index]!)),
        isBad: key === 'errors',
        isSum,
      }
    }),
    barAt,
    most: shares.reduce((most, share) => Math.max(most, share), 0),
    rows: section.rows.slice(0, most).map((row, at) => {
      const cells = indexes.map((index, at) => pageCell(row[index]!, isPart[at]!(row)))
      const title = section.metrics?.[at]?.title
      return title === undefined ? cells : cells.map((cell, column) => (indexes[column] === 0 ? title : cell))
    }),
    ...hrefsOf(section, links, most),
    metrics: section.metrics?.map(({ kind }) => ({ kind })) ?? null,
  }
}

// Of names that are more than one value nothing leads on.
function hrefsOf(
  { columns, rows, rowName }: Section,
  links: PageLinks | undefined,
  most: number,
): Pick<PageTable, 'hrefs'> {
  if (links === undefined || columns[0]?.kind !== 'text') return {}
  const hrefs = Array.from(rows.slice(0, most), row => links.only(rowName, row[0] as string | null))
  return hrefs.every(href => href === null) ? {} : { hrefs }
}
