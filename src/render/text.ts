// The report for a terminal: the range, the headline numbers, a table for each section, then the notes.
import { Chalk, type ChalkInstance } from 'chalk'
import { visibleText } from '../base/safe-text.ts'
import { textWidth } from '../base/text-width.ts'
import type { Headline, Report } from '../report/model/report.ts'
import { chooseSections } from './cell/choose-columns.ts'
import { describeCompared, describeLedger } from './cell/describe-ledger.ts'
import { formatCell, headlineChange, moneyDigitsOf } from './cell/format-cell.ts'
import { renderCalendar } from './text-calendar.ts'
import { renderHistogram } from './text-histogram.ts'
import { layOutTables } from './text-layout.ts'
import type { TextOptions } from './text-options.ts'
import { renderTextSection } from './text-section.ts'
import { buildTextTable } from './text-table.ts'
import { renderWaterfall } from './text-waterfall.ts'
import { flowParts, wrapText } from './wrap-text.ts'

const WIDEST = 120
const INDENT = '  '
const BETWEEN_HEADLINES = 4

export function renderText(report: Report, terminal: TextOptions): string {
  const color = new Chalk({ level: terminal.colorLevel })
  const width = terminal.width === undefined ? undefined : Math.min(terminal.width, WIDEST)
  const options = { ...terminal, width }
  const blocks = [
    titleLines(report, color, width),
    [...headlineLines(report, color, width), ...factLines(report, color, width)],
    ...sectionBlocks(report, options, color),
    [...noteLines(report, color, width), ...ledgerLines(report, color, width)],
  ]
  const text = `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
  return options.hasUnicode ? text : plainCharacters(text)
}

function titleLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  const { label, timezone } = report.period
  const title = visibleText(report.title)
  const range = visibleText(`${label === '' ? 'no events' : label} (${timezone})`)
  const isOneLine = width === undefined || textWidth(title) + GAP + textWidth(range) <= width
  const head = isOneLine
    ? [`${color.bold(title)}${' '.repeat(GAP)}${range}`]
    : [...wrapText(title, width).map(line => color.bold(line)), ...wrapText(range, width)]
  return [
    ...head,
    ...comparedLines(report, color, width),
    ...report.filters.flatMap(filter => indented(filter, width).map(line => color.cyan(line))),
  ]
}

const GAP = 2

function comparedLines({ compared }: Report, color: ChalkInstance, width: number | undefined): string[] {
  if (compared === null) return []
  return indented(describeCompared(compared), width).map(line => color.yellow(line))
}

function headlineLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  const parts = report.headlines.map(headline => headlinePart(headline, report.currency, color))
  const room = width === undefined ? undefined : width - INDENT.length
  return flowParts(parts, BETWEEN_HEADLINES, room).map(
    line => `${INDENT}${line.map(part => part.text).join(' '.repeat(BETWEEN_HEADLINES))}`,
  )
}

function headlinePart(headline: Headline, currency: string, color: ChalkInstance): { text: string; width: number } {
  const value = formatCell(
    headline.value,
    headline.kind,
    { currency, moneyDigits: moneyDigitsOf([headline.value]) },
    headline.isPart,
  )
  const isBad = headline.label === 'errors' && Number(headline.value) > 0
  const change = headlineChange(headline)
  const paint = isBad ? color.bold.red : color.bold
  return {
    text: `${paint(value)} ${color.dim(headline.label)}${change === '' ? '' : color.yellow(change)}`,
    width: textWidth(`${value} ${headline.label}${change}`),
  }
}

function factLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  if (report.facts.length === 0) return []
  return indented(report.facts.join(' · '), width).map(line => color.dim(line))
}

function sectionBlocks(report: Report, options: TextOptions, color: ChalkInstance): string[][] {
  const sections = chooseSections(report, options.columns).filter(
    section => section.name !== 'summary' && section.rows.length > 0,
  )
  const tables = sections.map(section => buildTextTable(section, options.columns))
  const layouts = layOutTables(tables, options.width, options.columns !== null)
  return tables.map((table, index) => {
    const { title, calendar, histogram } = table.section
    if (options.columns === null && calendar !== undefined) return renderCalendar(title, calendar, options, color)
    if (options.columns === null && histogram !== undefined) return renderHistogram(title, histogram, options, color)
    const lines = renderTextSection(table, layouts[index]!, options, color)
    const { waterfall } = table.section
    if (options.columns !== null || waterfall === undefined) return lines
    return [...renderWaterfall(waterfall, options, color), '', ...lines]
  })
}

function noteLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  return report.notes.flatMap(note => {
    const mark = note.kind === 'warning' ? color.yellow('!') : color.dim('·')
    const lines = indented([note.text, note.hint].filter(text => text !== undefined).join(' '), width)
    return lines.map((line, index) => (index === 0 ? `${mark}${line.slice(1)}` : line))
  })
}

function ledgerLines(report: Report, color: ChalkInstance, width: number | undefined): string[] {
  return wrapText(visibleText(describeLedger(report)), width).map(line => color.dim(line))
}

function indented(text: string, width: number | undefined): string[] {
  return wrapText(visibleText(text), width === undefined ? undefined : width - INDENT.length).map(
    line => `${INDENT}${line}`,
  )
}

const PLAIN_CHARACTERS: Readonly<Record<string, string>> = {
  '–': '-',
  '·': '|',
  '…': '~',
  '×': 'x',
  '≥': '>',
  '€': 'EUR ',
  '£': 'GBP ',
  '¥': 'JPY ',
}

function plainCharacters(text: string): string {
  return text.replace(/[–·…×≥€£¥]/g, character => PLAIN_CHARACTERS[character]!)
}
