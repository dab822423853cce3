// The top of the page: title, range, filters, headline numbers, and what to know of them.
import { withoutCommands } from '../../base/command-words.ts'
import type { Headline, Report } from '../../report/model/report.ts'
import { describeCompared } from '../cell/describe-ledger.ts'
import { formatCell, moneyDigitsOf } from '../cell/format-cell.ts'
import { html, type Markup, name } from './markup.ts'
import type { PageLinks } from './page-links.ts'
import { renderSpark } from './spark.ts'
import { partAmount } from './table-row.ts'

export function renderTop(report: Report): Markup {
  return html`<header><h1>${report.title}</h1>
${renderScope(report)}</header>
${renderHeadlines(report)}`
}

/** The same without the title, which a page of a server has already. */
export function renderNumbers(report: Report, links: PageLinks): Markup {
  return html`<div class="scope">${renderScope(report, links)}</div>
${renderHeadlines(report, true)}`
}

// What the numbers are of. On a page each filter can be taken away.
function renderScope({ period, compared, filters }: Report, links?: PageLinks): Markup {
  const { label, timezone } = period
  const items =
    links === undefined
      ? filters.map(filter => html`<li>${name(filter)}</li>`)
      : links.filters.map(
          ({ text, without }) =>
            html`<li>${name(text)} <a href="${without}" aria-label="Remove the filter ${text}">×</a></li>`,
        )
  return html`<p class="range">${label === '' ? 'no events' : label} <span>${timezone}</span></p>
${
  compared === null
    ? null
    : html`<p class="range compared">${withoutSeconds(describeCompared(compared))}</p>
`
}${items.length === 0 ? null : html`<ul class="filters" aria-label="Filters">${items}</ul>`}`
}

// A range that ends now ends at another second whenever it is looked at.
function withoutSeconds(words: string): string {
  return words.replace(/(\d\d:\d\d):\d\d\b/g, '$1')
}

function renderHeadlines(report: Report, isToTheCent = false): Markup {
  return html`<dl class="cards">${report.headlines.map(headline => card(headline, report, isToTheCent))}</dl>
${report.facts.length === 0 ? null : html`<p class="facts">${report.facts.join(' · ')}</p>`}
${report.notes.length === 0 ? null : html`<ul class="notes" aria-label="Notes">${report.notes.map(note)}</ul>`}
`
}

function card(
  { label, value, kind, change, isPart, isBad, spark }: Headline,
  { currency }: Report,
  isToTheCent: boolean,
): Markup {
  const digits = moneyDigitsOf([value])
  // What is below a cent would be nothing.
  const style = { currency, moneyDigits: isToTheCent && digits === 4 ? 2 : digits }
  const words = change === null ? 'new' : change === undefined ? null : formatCell(change, 'change', style)
  const mark = change === null || change === undefined || change === 0 ? '' : change > 0 ? '▲ ' : '▼ '
  const isWorse = isBad === true && change !== null && change !== undefined && change > 0
  const text = formatCell(value, kind, style, isPart)
  const amount = isPart === true ? partAmount(text) : text
  return html`<div><dt>${label}</dt><dd>${amount}</dd>${words === null ? null : html`<dd class="${isWorse ? 'change worse' : 'change'}"><span aria-hidden="true">${mark}</span>${words}</dd>`}${spark === undefined ? null : html`<dd class="line">${renderSpark(spark)}</dd>`}</div>`
}

function note({ kind, text, hint }: Report['notes'][number]): Markup {
  const mark = kind === 'warning' ? 'Warning: ' : ''
  // Who reads a page types no commands.
  const advice = hint === undefined ? undefined : withoutCommands(hint)
  return html`<li class="${kind}">${mark}${name(text)}${advice === undefined ? null : ` ${advice}`}</li>`
}
