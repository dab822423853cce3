// Which models of the logs have a price, for people, and as JSON and CSV.
import { stringify } from 'csv-stringify/sync'
import { formatJson } from '../base/json.ts'
import { addAll } from '../base/lists.ts'
import { spreadsheetText, visibleText } from '../base/safe-text.ts'
import type { CheckedModel, PriceCheck } from '../report/price/price-check.ts'
import { layOutList } from './list-table.ts'

export async function renderPriceCheckText(check: PriceCheck): Promise<string> {
  if (check.models.length === 0) return 'The logs name no model.\n'
  const priced = check.models.filter(model => model.unpricedAnalyses === 0)
  const unpriced = check.models.filter(model => model.unpricedAnalyses > 0)
  const lines: string[] = []
  if (unpriced.length > 0) {
    lines.push('Without a price')
    for (const model of unpriced) addAll(lines, unpricedLines(model))
    lines.push('')
  }
  if (priced.length > 0) {
    const rows = priced.map(model => [nameOf(model), countText(model.analyses), entriesText(model)])
    const list = await layOutList([['With a price', 'Analyses', 'Entry'], ...rows], ['left', 'right', 'left'])
    addAll(lines, [...list, ''])
  }
  const share = check.analyses - check.unpricedAnalyses
  lines.push(`${countText(share)} of ${countText(check.analyses)} analyses have a price in ${check.book}`)
  return `${lines.join('\n')}\n`
}

export function renderPriceCheckJson(check: PriceCheck): string {
  return `${formatJson({ schema: 'usagebook/price-check@1', ...check } as never)}\n`
}

export function renderPriceCheckCsv(check: PriceCheck): string {
  const header = ['model', 'provider', 'service_tier', 'analyses', 'unpriced_analyses', 'entries', 'reasons', 'nearest']
  const text = (value: string) => spreadsheetText(visibleText(value))
  const records = check.models.map(model => [
    text(model.model ?? ''),
    text(model.provider ?? ''),
    text(model.serviceTier),
    String(model.analyses),
    String(model.unpricedAnalyses),
    ...[model.entries, model.reasons, model.nearest].map(list => text(list.join('; '))),
  ])
  return stringify([header, ...records], { record_delimiter: '\n' })
}

function unpricedLines(model: CheckedModel): string[] {
  const some = model.unpricedAnalyses < model.analyses ? ` of ${countText(model.analyses)}` : ''
  const word = model.analyses === 1 ? 'analysis' : 'analyses'
  const lines = [`  ${nameOf(model)}  ${countText(model.unpricedAnalyses)}${some} ${word}`]
  for (const reason of model.reasons) lines.push(visibleText(`    ${reason}`))
  if (model.nearest.length > 0) lines.push(visibleText(`    nearest names: ${model.nearest.join(', ')}`))
  return lines
}

function nameOf({ model, provider, serviceTier }: CheckedModel): string {
  const name = `${provider === null ? '' : `${provider}/`}${model ?? '(none)'}`
  return visibleText(serviceTier === 'standard' ? name : `${name}, ${serviceTier}`)
}

function entriesText(model: CheckedModel): string {
  return model.entries.length === 0 ? 'logged cost' : model.entries.join(', ')
}

function countText(count: number): string {
  return count.toLocaleString('en-US')
}
