// The only switch over output formats.
import { extname } from 'node:path'
import { jsonPieces } from '../base/json.ts'
import type { Report } from '../report/model/report.ts'
import { requireColumns } from './cell/choose-columns.ts'

export const FORMATS = ['text', 'json', 'jsonl', 'csv', 'tsv', 'md', 'html'] as const
export type Format = (typeof FORMATS)[number]

/** Forms that are read as they are, so that long lists are cut. */
export function isForReading(format: Format): boolean {
  return format === 'text' || format === 'md'
}

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

/** What a file's name may end in, and the format that it then has. */
const FORMAT_ENDINGS: Readonly<Record<string, Format>> = {
  '.txt': 'text',
  '.log': 'text',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.md': 'md',
  '.markdown': 'md',
  '.html': 'html',
  '.htm': 'html',
}

/** The usual ending of each format. */
export const ENDINGS: readonly string[] = FORMATS.map(format => (format === 'text' ? '.txt' : `.${format}`))

/** The format that a file's name asks for: undefined where it has no ending, null where it has one that is none of these. */
export function formatOfFile(file: string): Format | null | undefined {
  const ending = extname(file).toLowerCase()
  // Digits are a part of the name, as in usage-2026.01.
  return /^\.?\d*$/.test(ending) ? undefined : (FORMAT_ENDINGS[ending] ?? null)
}
