// The report as CSV or TSV: one header, one rectangle, bare numbers. And as JSON lines: the same rows as objects.
import { stringify } from 'csv-stringify/sync'
import { formatJson } from '../base/json.ts'
import { spreadsheetText, visibleText } from '../base/safe-text.ts'
import type { Cell, ColumnKind, Report, Section } from '../report/report.ts'
import { chooseColumns, hasWantedColumns } from './choose-columns.ts'
import { bareCell } from './format-cell.ts'

export interface TableOptions {
  readonly delimiter: ',' | '\t'
  readonly hasHeader: boolean
  readonly hasBom: boolean
  readonly columns: readonly string[] | null
  /** Whether the first column says which section a row is of. */
  readonly hasSectionColumn: boolean
}

/** Sections that differ in their columns make one rectangle with the columns of all; what a section has not is empty. */
export function renderCsv(report: Report, options: TableOptions): string {
  const sections = report.sections.filter(section => hasWantedColumns(section, options.columns))
  const chosen = sections.map(section => chooseColumns(section, options.columns))
  const keysOf = (at: number) => chosen[at]!.map(index => sections[at]!.columns[index]!.key)
  const keys = [...new Set(sections.flatMap((_, at) => keysOf(at)))]
  const records: string[][] = options.hasHeader ? [options.hasSectionColumn ? ['section', ...keys] : keys] : []
  for (const [at, section] of sections.entries()) {
    const positions = keys.map(key => chosen[at]!.find(index => section.columns[index]!.key === key))
    for (const row of section.rows) {
      const cells = positions.map(index =>
        index === undefined ? '' : csvCell(row[index]!, section.columns[index]!.kind),
      )
      records.push(options.hasSectionColumn ? [section.rowName, ...cells] : cells)
    }
  }
  const text = stringify(records, { delimiter: options.delimiter, record_delimiter: '\n' })
  return `${options.hasBom ? '\ufeff' : ''}${text}`
}

/** One JSON object a row, with the section it is of; the last line is the ledger. */
export function renderJsonLines(report: Report): string {
  const lines = report.sections.flatMap(section => section.objects.map(object => rowLine(section, object)))
  lines.push(formatJson({ section: 'ledger', ...(report.document.ledger as object) }, 0))
  return `${lines.join('\n')}\n`
}

function rowLine(section: Section, object: Section['objects'][number]): string {
  return formatJson({ section: section.rowName, ...object }, 0)
}

// Controls are shown, not sent, and no text starts a formula; numbers are left alone.
function csvCell(cell: Cell, kind: ColumnKind): string {
  const text = bareCell(cell)
  return kind === 'text' || kind === 'list' ? spreadsheetText(visibleText(text)) : text
}
