// The budgets of the running periods: a bar of what is used, and what it will be by the end.
import type * as z from 'zod'
import { parseDecimal } from '../../../base/decimal.ts'
import { formatMoney } from '../../../base/money-text.ts'
import { AT_LEAST } from '../../../render/cell/format-cell.ts'
import { html, type Markup, type MarkupPart, name } from '../../../render/html/markup.ts'
import type { budget } from '../../resources/alert-answers.ts'
import type { Call } from '../../route.ts'
import { askBudgets } from '../../routes/budgets.ts'
import { hrefOf } from '../frame.ts'
import { table } from '../parts.ts'

type Budget = z.infer<typeof budget>

const STATES: Readonly<Record<Budget['state'], string>> = { ok: 'ok', warning: 'warning', over: 'over its limit' }

export async function budgetTable(call: Call): Promise<Markup> {
  const { budgets, isComplete } = await askBudgets(call, { withForecast: true })
  const number = (title: string) => ({ title, isNumber: true })
  return html`<h2>Budgets</h2>${
    isComplete
      ? null
      : html`<div class="notice bad" role="alert"><p>Not all logs could be read, so these sums lack something.</p></div>`
  }${table({
    caption: 'Budgets',
    heads: [
      ...['Budget', 'Of', 'Period'].map(title => ({ title })),
      ...['Used', 'Limit', 'Left', 'Part used', 'By its end'].map(number),
      { title: 'State' },
    ],
    rows: (budgets as unknown as readonly Budget[]).map(one => rowOf(call, one)),
    empty: 'There are no budgets yet. They are written into alerts.json.',
  })}`
}

function rowOf(call: Call, one: Budget): MarkupPart[] {
  const { name: words, scope, period, usedUsd, isAtLeast, limitUsd, leftUsd, usedPercent, state, page } = one
  const sign = isAtLeast ? AT_LEAST : ''
  return [
    html`<a href="${hrefOf(call.services, page)}">${name(words)}</a>`,
    scopeText(scope),
    period,
    `${sign}${dollars(usedUsd)}`,
    dollars(limitUsd),
    dollars(leftUsd),
    usedBar(`${sign}${Number(usedPercent).toFixed(0)} %`, Number(usedPercent), state),
    forecastText(one),
    html`<span class="${{ ok: 'ok', warning: 'warning', over: 'failure' }[state]}">${STATES[state]}</span>`,
  ]
}

function usedBar(text: string, percent: number, state: Budget['state']): Markup {
  const width = Math.max(0, Math.min(100, percent)).toFixed(1)
  return html`<span class="used ${state}">${text}<svg aria-hidden="true"><rect class="rail" width="100%" height="100%" rx="2"/><rect class="fill" width="${width}%" height="100%" rx="2"/></svg></span>`
}

function forecastText({ forecast, isForecastOver }: Budget): MarkupPart {
  if (forecast === null || forecast === undefined) return '–'
  const { value, low, high } = forecast
  return html`<span class="${isForecastOver === true ? 'warning' : 'ok'}">${dollars(value)}</span><small class="id">${dollars(low)} to ${dollars(high)}</small>`
}

// Numbers with all their digits.
function dollars(amount: unknown): string {
  return formatMoney(parseDecimal(String(amount))!, { currency: 'USD', moneyDigits: 2 })
}

function scopeText(scope: Budget['scope']): MarkupPart {
  const parts = Object.entries(scope).map(([field, values]) => `${field} ${values.join(', ')}`)
  return parts.length === 0 ? 'everything' : name(parts.join('; '))
}
