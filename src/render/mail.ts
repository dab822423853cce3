// A report as the body of a mail: the headline numbers and the tables, within what mail programs show and take.
import { MAIL_FONT, mailBar, mailCell, mailPage } from '../base/mail-markup.ts'
import { htmlText } from '../base/safe-text.ts'
import { withThousands } from '../base/thousands.ts'
import type { Headline, Report, Section } from '../report/model/report.ts'
import { chooseSections } from './cell/choose-columns.ts'
import { describeCompared, describeLedger, describeNothing, hasNothing } from './cell/describe-ledger.ts'
import { formatCell, headlineChange, moneyDigitsOf } from './cell/format-cell.ts'
import { buildTextTable, type TextColumn } from './text-table.ts'

/** Of a larger mail, some programs show the beginning only. */
const LARGEST_BYTES = 95_000
/** How many rows of each table there are, if not all of them fit. */
const ROWS = [200, 50, 20, 10, 5, 2] as const
const MOST_CELLS = 8
const BAR = '#0969da'
const GREY = 'color:#57606a;'
const RULE = 'border-bottom:1px solid #d0d7de;'

export interface MailBody {
  readonly subject: string
  readonly html: string
}

export function renderMail(report: Report, wanted: readonly string[] | null): MailBody {
  const { title, period, filters } = report
  const subject = [title, period.label || 'no events', ...filters].join(', ')
  const sections = chooseSections(report, wanted).filter(({ name, rows }) => name !== 'summary' && rows.length > 0)
  for (const most of ROWS) {
    const html = pageOf(
      report,
      subject,
      sections.map(section => tableOf(section, wanted, most)),
      0,
    )
    if (Buffer.byteLength(html) <= LARGEST_BYTES) return { subject, html }
  }
  const tables = sections.map(section => tableOf(section, wanted, ROWS.at(-1)!))
  for (let count = tables.length - 1; ; count--) {
    const html = pageOf(report, subject, tables.slice(0, count), tables.length - count)
    if (count === 0 || Buffer.byteLength(html) <= LARGEST_BYTES) return { subject, html }
  }
}

function pageOf(report: Report, subject: string, tables: readonly string[], missing: number): string {
  const { title, period, compared, filters, notes } = report
  const range = `${period.label || 'no events'} (${period.timezone})`
  const lines = [range, ...(compared === null ? [] : [describeCompared(compared)]), ...filters]
  const parts = [
    `<p style="margin:0;${MAIL_FONT};font-size:20px;line-height:28px"><b>${htmlText(title)}</b></p>`,
    ...lines.map(line => paragraph(htmlText(line), GREY)),
    headlinesOf(report),
    ...tables,
    ...(missing === 0
      ? []
      : [paragraph(`${missing} more tables are too large for a mail; the CSV form has them.`, GREY)]),
    ...(hasNothing(report.sections, report.ledger) ? [paragraph(htmlText(describeNothing(report.ledger)))] : []),
    ...notes.map(({ kind, text, hint = '' }) =>
      paragraph(htmlText(`${text} ${hint}`.trim()), kind === 'warning' ? 'color:#9a6700;' : GREY),
    ),
    paragraph(htmlText(describeLedger(report)), GREY),
  ]
  return mailPage(subject, parts.join('\n'))
}

function headlinesOf(report: Report): string {
  const cells = report.headlines.map(headline => mailCell(headlineOf(headline, report.currency)))
  const facts = report.facts.length === 0 ? '' : paragraph(htmlText(report.facts.join(' · ')), GREY)
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>${cells.join('')}</tr></table>${facts}`
}

function headlineOf(headline: Headline, currency: string): string {
  const style = { currency, moneyDigits: moneyDigitsOf([headline.value]) }
  const value = formatCell(headline.value, headline.kind, style, headline.isPart)
  const change = htmlText(headlineChange(headline))
  return `<b style="font-size:18px">${htmlText(value)}</b>${change}<br><span style="${GREY}">${htmlText(headline.label)}</span>`
}

function tableOf(section: Section, wanted: readonly string[] | null, most: number): string {
  const { columns, rows, restAt } = buildTextTable(section, wanted)
  const shown = columns.slice(0, MOST_CELLS)
  const barAt = section.columns.findIndex(({ key }) => key === section.barKey)
  const values = rows.map((row, at) => (barAt < 0 || at === restAt ? 0 : Number(row[barAt] ?? 0)))
  const largest = values.reduce((one, other) => Math.max(one, other), 0)
  const heads = shown.map(column => cellOf(column, `<b>${htmlText(column.title)}</b>`, GREY))
  const lines = rows.slice(0, most).map((_, at) => {
    const cells = shown.map(column => {
      const bar = column.key === section.barKey && largest > 0 ? mailBar(values[at]! / largest, BAR, BAR_WIDTH) : ''
      return cellOf(column, `${htmlText(column.cells[at]!)}${bar}`)
    })
    return `<tr>${cells.join('')}</tr>`
  })
  const left = rows.length - lines.length
  const cut = left <= 0 ? '' : paragraph(`and ${withThousands(String(left))} more rows`, GREY)
  return `<p style="margin:20px 0 4px 12px;${MAIL_FONT}"><b>${htmlText(section.title)}</b></p>
<table cellpadding="0" cellspacing="0" border="0"><tr>${heads.join('')}</tr>${lines.join('\n')}</table>${cut}`
}

const BAR_WIDTH = 80

function cellOf({ alignment }: TextColumn, content: string, style = ''): string {
  return mailCell(content, `${RULE}text-align:${alignment};${style}`)
}

function paragraph(content: string, style = ''): string {
  return `<p style="margin:4px 12px;${MAIL_FONT};${style}">${content}</p>`
}
