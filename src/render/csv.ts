// The report as CSV or TSV: one header, one rectangle, bare numbers. And as JSON lines: the same rows as objects.
import { stringify } from 'csv-stringify/sync'
import { formatJson, type JsonObject } from '../base/json.ts'
import { spreadsheetText, visibleText } from '../base/safe-text.ts'
import type { Cell, ColumnKind, Report, Section } from '../report/model/report.ts'
import { chooseColumns, chooseSections } from './cell/choose-columns.ts'
import { bareCell } from './cell/format-cell.ts'

/** So many rows make a piece of the text. */
const PIECE_ROWS = 1000

export interface TableOptions {
  readonly delimiter: ',' | '\t'
  readonly hasHeader: boolean
  readonly hasBom: boolean
  readonly columns: readonly string[] | null
  /** Whether the first column says which section a row is of. */
  readonly hasSectionColumn: boolean
}

/** Sections that differ in their columns make one rectangle with those of all, or that were asked for; what one has not is empty. */
export function* renderCsv(report: Report, options: TableOptions): Generator<string> {
  const sections = chooseSections(report, options.columns)
  const chosen = sections.map(section => chooseColumns(section, options.columns))
  const keys = [...new Set(options.columns ?? chosen.flatMap(columns => columns.map(({ name }) => name)))]
  const records: string[][] = options.hasHeader ? [options.hasSectionColumn ? ['section', ...keys] : keys] : []
  if (options.hasBom) yield '\ufeff'
  for (const [at, section] of sections.entries()) {
    const positions = keys.map(key => chosen[at]!.find(({ name }) => name === key)?.index)
    for (const row of section.rows) {
      const cells = positions.map(index =>
        index === undefined ? '' : csvCell(row[index]!, section.columns[index]!.kind),
      )
      records.push(options.hasSectionColumn ? [section.rowName, ...cells] : cells)
      if (records.length === PIECE_ROWS) yield formatRecords(records.splice(0), options)
    }
  }
  yield formatRecords(records, options)
}

function formatRecords(records: string[][], { delimiter }: TableOptions): string {
  return stringify(records, { delimiter, record_delimiter: '\n' })
}

/** One JSON object a row, with the section it is of, of an event `event`, whose own `section` is `event_section`; then the period compared with, if any; the last line is the ledger. */
export function* renderJsonLines(report: Report): Generator<string> {
  const lines: string[] = []
  for (const section of report.sections) {
    for (const object of section.objects) {
      lines.push(rowLine(section, object))
      if (lines.length === PIECE_ROWS) yield lines.splice(0).join('')
    }
  }
  const { compare } = report.document
  if (compare !== undefined) lines.push(`${formatJson({ section: 'compare', ...(compare as object) }, 0)}\n`)
  lines.push(`${formatJson({ section: 'ledger', ...(report.document.ledger as object) }, 0)}\n`)
  yield lines.join('')
}

// A field of an event may have the name that says what the line is.
function rowLine({ rowName }: Section, { section, ...object }: JsonObject): string {
  const own = section === undefined ? {} : { [`${rowName}_section`]: section }
  return `${formatJson({ section: rowName, ...object, ...own }, 0)}\n`
}

// Controls are shown, not sent, and no text starts a formula; numbers are left alone.
function csvCell(cell: Cell, kind: ColumnKind): string {
  const text = bareCell(cell)
  return kind === 'text' || kind === 'list' ? spreadsheetText(visibleText(text)) : text
}
