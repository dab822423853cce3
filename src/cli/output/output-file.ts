// Where a report goes, and in which format: what --output and --format say together.
import { extname, resolve } from 'node:path'
import { optionName, UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { ENDINGS, type Format, formatOfFile } from '../../render/render.ts'
import type { Context } from '../context.ts'

export interface OutputFile {
  /** Absolute; undefined for standard output. */
  readonly file: string | undefined
  readonly format: Format
}

interface OutputFlags {
  readonly format?: Format | undefined
  readonly output?: string | undefined
  readonly quiet?: boolean | undefined
}

const PACKED = ['.gz', '.zst', '.br', '.bz2', '.xz', '.zip']
const SPREADSHEETS = ['.xlsx', '.xls', '.ods', '.numbers']

/**
 * A file whose ending names no format that can be written is refused unless the format was given: text in a file called
 * report.xlsx would be taken for a spreadsheet. A format that differs from the ending is what was asked for, and is told.
 */
export function outputOf(options: OutputFlags, context: Context, fallback: Format = 'text'): OutputFile {
  const { format: asked, output } = options
  if (output === undefined || output === '-') return { file: undefined, format: asked ?? fallback }
  const implied = formatOfFile(output)
  if (asked === undefined && implied === null) throw unknownEnding(output)
  if (
    asked !== undefined &&
    typeof implied === 'string' &&
    implied !== 'text' &&
    implied !== asked &&
    options.quiet !== true
  ) {
    const text = `warning: ${output} is written as ${asked}, as --format says, though its name ends like ${implied}.`
    context.stderr.write(`${visibleText(text)}\n`)
  }
  return { file: resolve(context.cwd, output), format: asked ?? implied ?? fallback }
}

function unknownEnding(output: string): UsageError {
  const ending = extname(output)
  const message = `${optionName('output')} ${JSON.stringify(output)}: usagebook writes no ${ending} files.`
  return new UsageError('unknown-ending', message, { where: { option: 'output' }, hint: hintFor(ending, output) })
}

function hintFor(ending: string, output: string): string {
  const folded = ending.toLowerCase()
  const known = `${ENDINGS.slice(0, -1).join(', ')} or ${ENDINGS.at(-1)}`
  if (PACKED.includes(folded)) {
    const format = formatOfFile(output.slice(0, -ending.length)) ?? 'csv'
    return `Leave --output out and compress what is written, as in: usagebook --format ${format} | gzip > report.gz. Files may end in ${known}.`
  }
  if (SPREADSHEETS.includes(folded))
    return `Use .csv, which a spreadsheet opens (with --bom for Excel). Files may end in ${known}.`
  if (folded === '.pdf') return `Use .html, which a browser prints as PDF. Files may end in ${known}.`
  return `Use one of ${known}, or say with --format what the file should hold.`
}
