// A statement as a page to print: one file that needs no network and runs no script.
import { createHash } from 'node:crypto'
import { formatDecimal } from '../../base/decimal.ts'
import { largestOf } from '../../base/lists.ts'
import { formatMoney } from '../../base/money-text.ts'
import { withThousands } from '../../base/thousands.ts'
import { html, Markup, name } from '../../render/html/markup.ts'
import type { Statement, StatementLine, StatementSource } from './statement.ts'

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;color:#1b1f24;max-width:52rem;margin:3rem auto;padding:0 1.5rem}
h1{font-size:1.5rem;margin:0 0 .25rem}p{margin:.25rem 0;color:#57606a}table{border-collapse:collapse;width:100%;margin:2rem 0}
th,td{padding:.4rem .5rem;border-bottom:1px solid #d0d7de;text-align:left}th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}
tfoot td{border:0;font-weight:600}@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}`
const TITLES = { statement: 'Statement', 'credit-note': 'Credit note', 'debit-note': 'Debit note' } as const

export function statementHtml(statement: Statement, source: StatementSource): string {
  const { number, kind, corrects, currency, lines, net, tax, total, costCentre, contact } = statement
  const title = `${TITLES[kind]} ${number}`
  const money = (amount: Statement['total']) =>
    formatMoney(amount, { currency: currency.code, moneyDigits: digitsOf(lines) })
  const { label, timezone } = source.period as { readonly label: string; readonly timezone: string }
  const facts = [
    corrects === undefined ? null : `Corrects ${corrects}.`,
    contact === null ? null : `For ${contact}.`,
    costCentre === null ? null : `Cost centre ${costCentre}.`,
  ].filter(fact => fact !== null)
  const hash = createHash('sha256').update(STYLE).digest('base64')
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${new Markup(hash)}'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${new Markup(STYLE)}</style></head>
<body><h1>${title}</h1>
<p>${name(statement.name)}, ${label} (${timezone})</p>
${facts.map(fact => html`<p>${name(fact)}</p>\n`)}<table>
<thead><tr><th>Item</th><th class="n">Requests</th><th class="n">Tokens</th><th class="n">A request</th><th class="n">Amount</th></tr></thead>
<tbody>${lines.map(line => rowOf(line, money, currency.code))}</tbody>
<tfoot>${
    tax.units === 0n
      ? null
      : html`<tr><td colspan="4">Net</td><td class="n">${money(net)}</td></tr>
<tr><td colspan="4">Tax</td><td class="n">${money(tax)}</td></tr>
`
  }<tr><td colspan="4">Total</td><td class="n">${money(total)}</td></tr></tfoot></table>
<p>${sourceText(statement, source)}</p>
</body></html>
`.text
}

function rowOf(line: StatementLine, money: (amount: StatementLine['amount']) => string, currency: string): Markup {
  const { requests, tokens, unitPrice, shared } = line
  const item = shared === undefined ? name(line.name) : html`${name(line.name)} (shared)`
  return html`<tr><td>${item}</td><td class="n">${requests === undefined || shared !== undefined ? '' : withThousands(String(requests))}</td>
<td class="n">${tokens === undefined ? '' : withThousands(String(tokens))}</td><td class="n">${unitPrice === undefined ? '' : formatMoney(unitPrice, { currency, moneyDigits: 6 })}</td><td class="n">${money(line.amount)}</td></tr>
`
}

function digitsOf(lines: readonly StatementLine[]): number {
  return largestOf(
    lines.map(({ amount }) => amount.scale),
    2,
  )
}

function sourceText({ currency, unpricedAnalyses }: Statement, { prices, ledger }: StatementSource): string {
  const { read, used, rejected } = ledger as { readonly [count: string]: number | null }
  const rate =
    currency.code === 'USD'
      ? ''
      : ` 1 USD = ${formatDecimal(currency.perUsd)} ${currency.code}${currency.from === null ? '' : `, from ${currency.from}`}.`
  const unpriced = unpricedAnalyses === 0 ? '' : ` ${unpricedAnalyses} analyses have no price and are not in it.`
  return `Prices: ${prices.source}, ${prices.hash}.${rate} Log lines: ${read ?? 'some'} read, ${used} used, ${rejected} rejected.${unpriced}`
}
