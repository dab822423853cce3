// The only switch over output formats.
import { jsonPieces } from '../base/json.ts'
import type { Report } from '../report/report.ts'
import { requireColumns } from './choose-columns.ts'

export const FORMATS = ['text', 'json', 'jsonl', 'csv', 'tsv', 'md', 'html'] as const
export type Format = (typeof FORMATS)[number]

export interface RenderOptions {
  readonly format: Format
  /** Columns of the terminal; undefined where nothing is cut. */
  readonly width: number | undefined
  readonly colorLevel: 0 | 1 | 2 | 3
  readonly hasUnicode: boolean
  readonly columns: readonly string[] | null
  readonly hasHeader: boolean
  readonly hasBom: boolean
}

/** The text of a report in pieces, the last of which ends with a newline. */
export async function renderReport(report: Report, options: RenderOptions): Promise<Iterable<string>> {
  requireColumns(report, options.columns)
  switch (options.format) {
    case 'text':
      return [(await import('./text.ts')).renderText(report, options)]
    case 'json':
      return documentPieces(report)
    case 'jsonl':
      return (await import('./csv.ts')).renderJsonLines(report)
    case 'csv':
    case 'tsv':
      return (await import('./csv.ts')).renderCsv(report, {
        ...options,
        delimiter: options.format === 'csv' ? ',' : '\t',
        hasSectionColumn: report.sections.length > 1,
      })
    case 'md':
      return [(await import('./markdown.ts')).renderMarkdown(report, options)]
    case 'html':
      return [(await import('./html.ts')).renderHtml(report, options)]
  }
}

function* documentPieces(report: Report): Generator<string> {
  yield* jsonPieces(report.document)
  yield '\n'
}

/** The format that a file's name asks for, or undefined. */
export function formatOfFile(file: string): Format | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase()
  if (ending === 'txt') return 'text'
  if (ending === 'markdown') return 'md'
  if (ending === 'ndjson') return 'jsonl'
  if (ending === 'htm') return 'html'
  return FORMATS.find(format => format === ending)
}
