// The report as Markdown: the same tables, for a chat or an issue.
import { markdownText } from '../base/safe-text.ts'
import type { Report } from '../report/model/report.ts'
import { chooseSections } from './cell/choose-columns.ts'
import { describeCompared, describeLedger, describeNothing, hasNothing } from './cell/describe-ledger.ts'
import { formatCell, headlineChange, moneyDigitsOf } from './cell/format-cell.ts'
import { renderMarkdownTable } from './markdown-table.ts'

export interface MarkdownOptions {
  readonly columns: readonly string[] | null
}

export function renderMarkdown(report: Report, options: MarkdownOptions): string {
  const label = report.period.label === '' ? 'no events' : report.period.label
  const blocks = [`# ${markdownText(report.title)}`, `${markdownText(label)} (${report.period.timezone})`]
  if (report.compared !== null) blocks.push(markdownText(describeCompared(report.compared)))
  if (report.filters.length > 0) blocks.push(report.filters.map(markdownText).join('  \n'))
  blocks.push(headlines(report))
  const sections = chooseSections(report, options.columns)
  for (const section of sections) {
    if (section.name === 'summary' || section.rows.length === 0) continue
    blocks.push(`## ${markdownText(section.title)}`, renderMarkdownTable(section, options.columns))
  }
  if (hasNothing(sections, report.ledger)) blocks.push(describeNothing(report.ledger))
  for (const note of report.notes) {
    blocks.push(`> ${markdownText([note.text, note.hint].filter(text => text !== undefined).join(' '))}`)
  }
  blocks.push(markdownText(describeLedger(report)))
  return `${blocks.join('\n\n')}\n`
}

function headlines(report: Report): string {
  const parts = report.headlines.map(headline => {
    const style = { currency: report.currency, moneyDigits: moneyDigitsOf([headline.value]) }
    const value = markdownText(formatCell(headline.value, headline.kind, style, headline.isPart))
    const change = headlineChange(headline)
    return `**${value}** ${headline.label}${markdownText(change)}`
  })
  return [...parts, ...report.facts.map(markdownText)].join(' · ')
}
