// The top of the page: title, range, filters, headline numbers, and what to know of them.
import type { Headline, Report } from '../../report/model/report.ts'
import { describeCompared } from '../cell/describe-ledger.ts'
import { formatCell, moneyDigitsOf } from '../cell/format-cell.ts'
import { html, type Markup, type MarkupPart, name } from './markup.ts'
import { partAmount } from './table-row.ts'

export function renderTop(report: Report): Markup {
  return html`<header><h1>${report.title}</h1>
${renderScope(report)}</header>
${renderHeadlines(report)}`
}

/** The same without the title, which a page of a server has already. */
export function renderNumbers(report: Report): Markup {
  return html`<div class="scope">${renderScope(report)}</div>
${renderHeadlines(report)}`
}

// What the numbers are of.
function renderScope(report: Report): Markup {
  const { period, compared } = report
  const { label, timezone } = period
  const filters = report.filters.map(filter => html`<li>${name(filter)}</li>`)
  return html`<p class="range">${label === '' ? 'no events' : label} <span>${timezone}</span></p>
${
  compared === null
    ? null
    : html`<p class="range">${describeCompared(compared)}</p>
`
}${report.filters.length === 0 ? null : html`<ul class="filters" aria-label="Filters">${filters}</ul>`}`
}

function renderHeadlines(report: Report): Markup {
  return html`<dl class="cards">${report.headlines.map(headline => card(headline, report))}</dl>
${report.facts.length === 0 ? null : html`<p class="facts">${report.facts.join(' · ')}</p>`}
${report.notes.length === 0 ? null : html`<ul class="notes" aria-label="Notes">${report.notes.map(note)}</ul>`}
`
}

function card({ label, value, kind, change, isPart }: Headline, { currency, compared }: Report): Markup {
  const style = { currency, moneyDigits: moneyDigitsOf([value]) }
  const words =
    change === null
      ? 'new'
      : change === undefined
        ? null
        : `${formatCell(change, 'change', style)} against ${compared === null || compared.label === '' ? 'the period before' : compared.label}`
  const text = formatCell(value, kind, style, isPart)
  const amount = isPart === true ? partAmount(text) : text
  return html`<div><dt>${label}</dt><dd>${amount}</dd>${words === null ? null : html`<dd class="change">${words}</dd>`}</div>`
}

function note({ kind, text, hint }: Report['notes'][number]): Markup {
  const mark = kind === 'warning' ? 'Warning: ' : ''
  return html`<li class="${kind}">${mark}${name(text)}${hint === undefined ? null : html` ${withoutBreaks(hint)}`}</li>`
}

// A flag is not to be cut after its dashes.
function withoutBreaks(hint: string): MarkupPart {
  return hint.split(/(--[a-z-]+)/).map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))
}
