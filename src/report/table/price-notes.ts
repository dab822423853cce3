// The notes of a report about prices: events without one, and the currency.
import type { JsonValue } from '../../base/json.ts'
import { type CurrencyRate, describeCurrencyRate } from '../../pricing/currency.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import type { Ledger } from '../../query/ledger.ts'
import { ratio } from '../group/change.ts'
import type { Note } from '../model/report.ts'
import { compareKeys } from './order.ts'
import type { UnpricedModel } from './unpriced.ts'

/** What the document says of the currency; nothing for dollars. */
export function currencyHead(rate: CurrencyRate | null): { [key: string]: JsonValue } {
  return rate === null ? {} : { currency: { code: rate.currency, perUsd: rate.perUsd, from: rate.from ?? null } }
}

export function currencyNotes(rate: CurrencyRate | null): Note[] {
  return rate === null ? [] : [{ kind: 'info', text: `Costs were added up in dollars: ${describeCurrencyRate(rate)}.` }]
}

export function unpricedNotes(
  models: readonly UnpricedModel[],
  total: { readonly analyses: number | bigint; readonly unpricedAnalyses: number },
  { mode, unread }: { readonly mode: CostMode; readonly unread: Ledger['unread'] },
): Note[] {
  if (total.unpricedAnalyses === 0) return []
  // Of models without usage another note tells.
  const told = unread === undefined ? models : models.filter(model => !isSilent(model))
  const names = namesOf(told)
  const priced = ratio(Number(total.analyses) - total.unpricedAnalyses, total.analyses) ?? 0
  const share = `${(priced * 100).toFixed(1)} % of the analyses`
  if (mode === 'logged') {
    return [{ kind: 'info', text: `Only ${share} have a logged cost.`, hint: 'Estimate the others with --cost auto.' }]
  }
  const legend = priced === 0 ? [] : [LEGEND]
  if (names === '') return legend
  return [
    {
      kind: 'warning',
      text: `No price for ${names}: ${share} are priced.`,
      hint: 'See why with "usagebook price check"; add prices in prices.json.',
    },
    ...legend,
  ]
}

/** A change of the cost is not what it seems where the period before has usage without a price. */
export function unpricedBeforeNotes(models: readonly UnpricedModel[], mode: CostMode): Note[] {
  if (models.length === 0) return []
  const analyses = models.reduce((sum, model) => sum + model.analyses, 0)
  const what = `${analyses} ${analyses === 1 ? 'analysis' : 'analyses'} of the compared period`
  const have = analyses === 1 ? 'has' : 'have'
  const change = 'the cost of that period may be higher than shown'
  return [
    mode === 'logged'
      ? { kind: 'warning', text: `${what} ${have} no logged cost: ${change}.`, hint: 'Estimate with --cost auto.' }
      : { kind: 'warning', text: `${what} ${have} no price (${namesOf(models)}): ${change}.` },
  ]
}

const MOST_NAMED = 5

// The first of them, with the reasons that tell more than that there is no price.
function namesOf(models: readonly UnpricedModel[]): string {
  const names = firstByName(models).map(nameWithReason)
  return (models.length > names.length ? [...names, `${models.length - names.length} more`] : names).join(', ')
}

// Without an order of all, of which there may be a million.
function firstByName(models: readonly UnpricedModel[]): UnpricedModel[] {
  const first: UnpricedModel[] = []
  for (const model of models) {
    if (first.length === MOST_NAMED && compareKeys(first.at(-1)!.model, model.model) < 0) continue
    const at = first.findIndex(other => compareKeys(model.model, other.model) < 0)
    first.splice(at < 0 ? first.length : at, 0, model)
    first.length = Math.min(first.length, MOST_NAMED)
  }
  return first
}

const LEGEND: Note = { kind: 'info', text: 'A cost with ≥ is at least that: something in it has no price.' }

function isSilent({ reasons }: UnpricedModel): boolean {
  return reasons.length > 0 && reasons.every(reason => reason.isSilent === true)
}

function nameWithReason({ model, reasons }: UnpricedModel): string {
  const name = model === null ? 'events without a model' : String(model)
  const telling = reasons.filter(({ isTelling }) => isTelling).map(({ reason }) => reason)
  return telling.length === 0 ? name : `${name} (${telling.sort().join('; ')})`
}
