// What an import of prices would change, for people and as JSON.
import { type Decimal, formatDecimal } from '../base/decimal.ts'
import { formatJson } from '../base/json.ts'
import { addAll } from '../base/lists.ts'
import { visibleText } from '../base/safe-text.ts'
import type { ChangedModel, PriceImport } from '../report/price/price-import.ts'
import { wrapList } from './wrap-list.ts'

export function renderPriceImportText(change: PriceImport): string {
  const lines: string[] = []
  for (const model of change.changed) addAll(lines, modelLines('~', model))
  for (const model of change.added) addAll(lines, modelLines('+', model))
  const aliases = Object.entries(change.aliases)
  for (const [name, leadsTo] of aliases) lines.push(visibleText(`+ ${name} is an alias of ${leadsTo}`))
  if (lines.length > 0) lines.push('')
  for (const { reason, models } of change.skipped)
    addAll(lines, wrapList(`Skipped, ${reason} (${models.length}): `, models))
  const notTaken = Object.entries(change.notTaken).map(([key, count]) => `${key} (${count})`)
  if (notTaken.length > 0) addAll(lines, wrapList('Left out, because usage logs do not tell them: ', notTaken))
  const skipped = change.skipped.reduce((sum, { models }) => sum + models.length, 0)
  const counts = [
    `${change.added.length} new`,
    `${change.changed.length} changed`,
    `${change.unchanged.length} the same`,
    `${skipped} skipped`,
    ...(aliases.length === 0 ? [] : [`${aliases.length} new ${aliases.length === 1 ? 'alias' : 'aliases'}`]),
  ]
  return `${[...lines, counts.join(', ')].join('\n')}\n`
}

/** `isWritten`: false where it was only asked what would change. */
export function renderPriceImportJson(change: PriceImport, isWritten: boolean): string {
  const modelOf = ({ model, provider, from, prices }: ChangedModel) => ({
    model,
    provider,
    from,
    prices: prices.map(({ what, before, after }) => ({ what, before, after })),
  })
  return `${formatJson({
    schema: 'usagebook/price-import@1',
    written: isWritten,
    added: change.added.map(modelOf),
    changed: change.changed.map(modelOf),
    unchanged: change.unchanged,
    skipped: change.skipped.map(({ reason, models }) => ({ reason, models })),
    notTaken: change.notTaken,
    aliases: change.aliases,
  })}\n`
}

function modelLines(sign: string, { model, provider, from, prices }: ChangedModel): string[] {
  const parts = prices.map(({ what, before, after }) =>
    before === null ? `${what} ${textOf(after)}` : `${what} ${textOf(before)} -> ${textOf(after)}`,
  )
  const name = provider === null ? model : `${provider}/${model}`
  return [visibleText(`${sign} ${name}${from === null ? '' : ` from ${from}`}`), ...wrapList('    ', parts)]
}

function textOf(price: Decimal | null): string {
  return price === null ? 'none' : formatDecimal(price)
}
