// The files of a statement: what was kept as it is, and the same as CSV and as a page.
import { statementCsv } from './statement-csv.ts'
import type { KeptStatement } from './statement-document.ts'
import { statementHtml } from './statement-html.ts'

/** Names and texts. */
export function statementFiles({ text, statement, source }: KeptStatement): [name: string, text: string][] {
  const { number } = statement
  return [
    [`${number}.json`, text],
    [`${number}.csv`, statementCsv(statement, source)],
    [`${number}.html`, statementHtml(statement, source)],
  ]
}
