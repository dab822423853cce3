// The price book, searched; and what a request costs and why.
import { explainPriceOf, usageOfCounts } from '../../app/price/explain-price.ts'
import { listPrices } from '../../app/price/list-prices.ts'
import { type Decimal, formatDecimal } from '../../base/decimal.ts'
import { withThousands } from '../../base/thousands.ts'
import { formatListed } from '../../base/value-list.ts'
import { html, type Markup, name } from '../../render/html/markup.ts'
import { conditionOf } from '../../render/price-list.ts'
import type { PriceExplanation } from '../../report/price/price-explanation.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import type { Call } from '../route.ts'
import { EXPLAIN_PARAMETERS, PRICE_FILTERS, type PriceQuestion } from '../routes/prices.ts'
import { type TextFieldParts, textField } from './forms.ts'
import type { PageContent } from './frame.ts'
import { pageRoute } from './page-route.ts'
import { button, facts, PAGE_ROWS, pager, pathTo, table } from './parts.ts'
import { errorOf, errorSummary, type Refusal } from './refusal.ts'

export const PRICES_PAGE = pageRoute({
  page: 'prices',
  summary: 'the prices of models: prices.json, then the built-in book',
  parameters: { ...PRICE_FILTERS, ...PAGE },
  async draw(call) {
    const { model = [], provider = [] } = call.options as { model?: readonly string[]; provider?: readonly string[] }
    const list = await listPrices(call.services.root, { models: model, providers: provider })
    const { items, counts } = pageOf(call, list.rows, PAGE_ROWS)
    const number = (title: string) => ({ title, isNumber: true })
    return {
      title: 'Prices',
      tools: html`<div class="tools">${button(pathTo(call, '/prices/explain'), 'What does a request cost?')}</div>`,
      main: html`<form class="filter" method="get" action="${call.url.pathname}">
${textField({ name: 'model', label: 'Model', type: 'search', value: model.map(formatListed).join(',') })}
${textField({ name: 'provider', label: 'Provider', type: 'search', value: provider.map(formatListed).join(',') })}<button>Show</button></form>
<p class="hint">US dollars per million tokens, from ${list.source}. A * stands for any text: gpt-4*.</p>${table({
        caption: 'Prices',
        heads: [
          { title: 'Model' },
          { title: 'Provider' },
          { title: 'For' },
          number('Input'),
          number('Cache read'),
          number('Cache write'),
          number('Output'),
          { title: 'From' },
        ],
        rows: items.map(row => [
          name(row.model),
          row.provider === null ? '–' : name(row.provider),
          conditionOf(row) || 'all requests',
          ...[row.rates.input, row.rates.cacheRead, row.rates.cacheWrite, row.rates.output].map(textOf),
          row.source,
        ]),
        empty:
          list.nearest.length === 0
            ? 'No price fits.'
            : html`No price fits. Nearest names: ${name(list.nearest.join(', '))}.`,
      })}${pager(call, counts)}`,
    }
  },
})

export const EXPLAIN_PAGE = pageRoute({
  page: 'prices',
  path: '/prices/explain',
  summary: 'which price a model has and why, and what a request costs',
  parameters: EXPLAIN_PARAMETERS,
  async draw(call) {
    const {
      model,
      at = call.services.host.now(),
      provider = null,
      serviceTier = null,
      ...counts
    } = call.options as PriceQuestion
    const explained =
      model === undefined
        ? undefined
        : await explainPriceOf(call.services.root, { model, at, provider, serviceTier, ...usageOfCounts(counts) })
    return explainPage(call, explained === undefined ? null : html`<div>${explanationOf(explained)}</div>`)
  },
  redraw: (call, refusal) => explainPage(call, null, refusal),
})

function explainPage(call: Call, answer: Markup | null, refusal?: Refusal): PageContent {
  return {
    title: 'What a request costs',
    tools: html`<div class="tools">${button(pathTo(call, '/prices'), 'All prices')}</div>`,
    main: html`${errorSummary(refusal)}<div class="columns">${explainForm(call, refusal)}${answer}</div>`,
  }
}

function explainForm(call: Call, refusal: Refusal | undefined): Markup {
  const field = (name: string, label: string, more: Partial<TextFieldParts> = {}) => {
    const value = call.url.searchParams.get(name) ?? ''
    return textField({ name, label, value, error: errorOf(refusal, name), ...more })
  }
  const number = (name: string, label: string, hint: string) =>
    field(name, label, { hint, type: 'number', isShort: true })
  return html`<form class="panel" method="get" action="${call.url.pathname}">
${field('model', 'Model', { isRequired: true, hint: 'As the logs name it.' })}
${field('provider', 'Provider')}
${field('at', 'Day', { hint: 'As 2026-02-02; empty for now.', isShort: true })}
${number('input', 'Input tokens', 'All, cached ones included.')}${number('cache-read', 'Cache read', 'Of them read from a cache.')}
${number('cache-write', 'Cache write', 'Of them written to a cache.')}${number('output', 'Output tokens', 'All, reasoning included.')}
<p class="buttons"><button class="first">Explain</button></p></form>`
}

function explanationOf(explained: PriceExplanation): Markup {
  const { entry, book, steps, reason, nearest, rates, lines, costUsd } = explained
  const more = [
    reason === null ? null : html`<p>No price: ${reason}.</p>`,
    nearest.length === 0 ? null : html`<p>Nearest names: ${name(nearest.join(', '))}.</p>`,
  ]
  return html`<div class="panel">${facts([
    ['Entry', entry === null ? `none of ${book}` : name(entry)],
    ['Why', html`<ul class="plain">${steps.map(step => html`<li>${step}</li>`)}</ul>`],
    ...(costUsd === null ? [] : [['Cost', html`<strong>$${formatDecimal(costUsd)}</strong>`] as const]),
  ])}${more}</div>${
    lines.length === 0
      ? null
      : table({
          caption: 'The sum',
          heads: [{ title: 'What' }, ...['Count', 'Rate', 'USD'].map(title => ({ title, isNumber: true }))],
          rows: lines.map(line => [
            line.what,
            withThousands(String(line.count)),
            formatDecimal(line.usd),
            formatDecimal(line.costUsd),
          ]),
          empty: '',
        })
  }${table({
    caption: 'The rates',
    heads: [{ title: 'Rate' }, { title: 'USD', isNumber: true }, { title: 'Per' }, { title: 'From' }],
    rows: rates.map(rate => [rate.name, formatDecimal(rate.usd), rate.per, rate.origin]),
    empty: 'There are no rates for it.',
  })}`
}

function textOf(value: Decimal | null): string {
  return value === null ? '–' : formatDecimal(value)
}
