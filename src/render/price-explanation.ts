// How a request is priced, for people and as JSON.
import { formatDecimal } from '../base/decimal.ts'
import { formatJson, type JsonObject } from '../base/json.ts'
import { visibleText } from '../base/safe-text.ts'
import type { PriceExplanation } from '../report/price/price-explanation.ts'
import { layOutList } from './list-table.ts'
import { wrapList } from './wrap-list.ts'

export async function renderExplanationText(explanation: PriceExplanation): Promise<string> {
  const { model, provider, serviceTier, at } = explanation
  const who = provider === null ? model : `${model} of ${provider}`
  const lines = [visibleText(`${who}, ${serviceTier}, at ${at}`), '', ...matchLines(explanation)]
  if (explanation.rates.length > 0) {
    const rows = explanation.rates.map(({ name, usd, per, origin }) => [name, formatDecimal(usd), `per ${per}`, origin])
    lines.push('', ...(await layOutList([['Rate', 'USD', '', 'From'], ...rows], ['left', 'right', 'left', 'left'])))
  }
  if (explanation.alsoThere.length > 0)
    lines.push('', ...wrapList('The entry has its own rates for: ', explanation.alsoThere))
  if (explanation.unbilled.length > 0 && explanation.rates.length > 0)
    lines.push('', ...wrapList('Also billed, but not told by usage logs: ', explanation.unbilled))
  if (explanation.costUsd !== null) lines.push('', ...(await sumLines(explanation)))
  return `${lines.join('\n')}\n`
}

export function renderExplanationJson(explanation: PriceExplanation): string {
  return `${formatJson(explanationDocument(explanation))}\n`
}

export function explanationDocument(explanation: PriceExplanation): JsonObject {
  return { schema: 'usagebook/price-explanation@1', ...explanation } as never
}

function matchLines(explanation: PriceExplanation): string[] {
  const { entry, steps, from, to, reason, nearest, book } = explanation
  const term = [from === null ? '' : ` from ${from}`, to === null ? '' : ` to ${to}`].join('')
  const lines = [entry === null ? `No entry of ${book} fits.` : `Entry: ${entry}${term}`]
  for (const step of steps) lines.push(visibleText(`  ${step}`))
  if (reason !== null) lines.push(visibleText(`No price: ${reason}.`))
  if (nearest.length > 0) lines.push(visibleText(`Nearest names: ${nearest.join(', ')}`))
  return lines
}

async function sumLines({ lines, costUsd }: PriceExplanation): Promise<string[]> {
  const rows = lines.map(({ what, count, usd, costUsd: cost }) => [
    what,
    count.toLocaleString('en-US'),
    formatDecimal(usd),
    formatDecimal(cost),
  ])
  const total = ['total', '', '', costUsd === null ? '' : formatDecimal(costUsd)]
  return await layOutList([['Sum', 'Count', 'Rate', 'USD'], ...rows, total], ['left', 'right', 'right', 'right'])
}
