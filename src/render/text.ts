// The report as a person reads it at a terminal: the range, the headline numbers, a table a section, then what to know.
import { Chalk, type ChalkInstance } from 'chalk'
import { visibleText } from '../base/safe-text.ts'
import { cutText, textWidth } from '../base/text-width.ts'
import { withThousands } from '../base/thousands.ts'
import type { Headline, Report } from '../report/report.ts'
import { hasWantedColumns } from './choose-columns.ts'
import { formatCell, moneyDigitsOf } from './format-cell.ts'
import { renderTextSection } from './text-section.ts'

export interface TextOptions {
  /** Columns of the terminal; undefined where nothing is cut. */
  readonly width: number | undefined
  readonly colorLevel: 0 | 1 | 2 | 3
  readonly hasUnicode: boolean
  readonly columns: readonly string[] | null
}

const WIDEST = 120

export function renderText(report: Report, options: TextOptions): string {
  const color = new Chalk({ level: options.colorLevel })
  const width = options.width === undefined ? undefined : Math.min(options.width, WIDEST)
  const lines = [
    ...titleLines(report, color, width),
    '',
    ...headlineLines(report, color, width),
    ...factLines(report, color),
  ]
  for (const section of report.sections) {
    if (section.name === 'summary' || section.rows.length === 0 || !hasWantedColumns(section, options.columns)) continue
    lines.push('', ...renderTextSection(section, { ...options, width }, color))
  }
  lines.push('', ...noteLines(report, color, width))
  const text = `${lines.join('\n')}\n`
  return options.hasUnicode ? text : plainCharacters(text)
}

function titleLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  const { label, timezone } = report.period
  const range = `${label === '' ? 'no events' : label} (${timezone})`
  const title = `${color.bold(report.title)}  ${range}`
  const filters = report.filters.map(
    filter => `  ${fit(visibleText(filter), width === undefined ? undefined : width - 2)}`,
  )
  return [title, ...filters.map(filter => color.cyan(filter))]
}

function headlineLines(report: Report, color: ChalkInstance, width = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = []
  let used = 0
  for (const headline of report.headlines) {
    const value = formatCell(headline.value, headline.kind, {
      currency: report.currency,
      moneyDigits: moneyDigitsOf([headline.value]),
    })
    const change = changeText(headline)
    const isBad = headline.label === 'errors' && Number(headline.value) > 0
    const bold = isBad ? color.bold.red : color.bold
    const part = `${bold(value)} ${color.dim(headline.label)}${color.yellow(change)}`
    const partWidth = textWidth(`${value} ${headline.label}${change}`)
    const fits = used > 0 && used + 4 + partWidth <= width
    lines.push(fits ? `${lines.pop()}    ${part}` : `  ${part}`)
    used = (fits ? used + 4 : 2) + partWidth
  }
  return lines
}

function changeText(headline: Headline): string {
  if (headline.change === undefined) return ''
  if (headline.change === null) return ' (new)'
  return ` (${formatCell(headline.change, 'change', { currency: '', moneyDigits: 0 })})`
}

function factLines(report: Report, color: ChalkInstance): string[] {
  return report.facts.length === 0 ? [] : [`  ${color.dim(report.facts.join(' · '))}`]
}

function noteLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  const lines: string[] = []
  for (const note of report.notes) {
    const text = visibleText(`${note.text}${note.hint === undefined ? '' : ` ${note.hint}`}`)
    const wrapped = wrapText(text, width === undefined ? undefined : width - 2)
    const mark = note.kind === 'warning' ? color.yellow('!') : color.dim('·')
    lines.push(...wrapped.map((line, index) => `${index === 0 ? mark : ' '} ${line}`))
  }
  const { ledger } = report
  const counts = (['used', 'filtered', 'other', 'duplicate', 'rejected'] as const)
    .filter(name => name === 'used' || ledger[name] > 0)
    .map(name => `${withThousands(String(ledger[name]))} ${name}`)
  const files = ledger.files === 1 ? '1 file' : `${withThousands(String(ledger.files))} files`
  const read = `${withThousands(String(ledger.read))} ${ledger.read === 1 ? 'line' : 'lines'}`
  const last = [`${read} of ${files}: ${counts.join(', ')}.`]
  if (report.priceSource !== null) last.push(`Prices: ${report.priceSource}.`)
  return [...lines, ...wrapText(last.join(' '), width).map(line => color.dim(line))]
}

function wrapText(text: string, width: number | undefined): string[] {
  if (width === undefined) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(part => fit(part, width))
}

function fit(text: string, width: number | undefined): string {
  return width === undefined ? text : cutText(text, width)
}

const PLAIN_CHARACTERS: Readonly<Record<string, string>> = {
  '–': '-',
  '·': '|',
  '…': '~',
  '×': 'x',
  '€': 'EUR ',
  '£': 'GBP ',
  '¥': 'JPY ',
}

function plainCharacters(text: string): string {
  return text.replace(/[–·…×€£¥]/g, character => PLAIN_CHARACTERS[character]!)
}
