// Why the cost changed, in one sentence for somebody who reads no tables: the three largest causes, and what is left.
import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  type Decimal,
  subtractDecimals,
  ZERO,
} from '../../base/decimal.ts'
import { formatMoneyChange, type MoneyStyle } from '../../base/money-text.ts'
import type { Parts } from './parts.ts'

/** A line as the sentence needs it. */
export interface ToldLine {
  /** Whose usage it is: the first field that lines are cut by. */
  readonly who: string
  /** What was used: the model, or the last field. */
  readonly what: string
  readonly parts: Parts
  readonly before: bigint
  readonly after: bigint
}

export interface Telling {
  readonly change: Decimal
  readonly quantity: 'requests' | 'tokens'
  readonly style: MoneyStyle
  /** Whether there are names of what was used, and whether these are models. */
  readonly hasWhat: boolean
  readonly isModel: boolean
}

interface Cause {
  readonly text: string
  readonly amount: Decimal
}

const MOST_CAUSES = 3

export function explainInWords(lines: readonly ToldLine[], telling: Telling): string {
  const { change, style } = telling
  const causes = causesOf(lines, telling).filter(({ amount }) => amount.units !== 0n)
  const amount = formatMoneyChange(change, style)
  if (causes.length === 0) return change.units === 0n ? 'The cost did not change.' : `${amount}.`
  const told = causes.toSorted((a, b) => compareDecimals(absoluteDecimal(b.amount), absoluteDecimal(a.amount)))
  const first = told.length === MOST_CAUSES + 1 ? told : told.slice(0, MOST_CAUSES)
  const rest = first.reduce((left, cause) => subtractDecimals(left, cause.amount), change)
  const all = first.length < told.length ? [...first, { text: 'all else', amount: rest }] : first
  const words = all.map(cause => `${cause.text} (${formatMoneyChange(cause.amount, style)})`).join(', ')
  return `${change.units === 0n ? 'No change in all' : amount}: ${words}.`
}

function causesOf(lines: readonly ToldLine[], telling: Telling): Cause[] {
  const sum = (part: keyof Parts) => lines.reduce((total, { parts }) => addDecimals(total, parts[part]), ZERO)
  const mix = sum('mix')
  const price = sum('price')
  return [
    ...by(lines, 'who', 'volume', (who, own) => volumeText(who, own, telling)),
    ...by(lines, 'what', 'new', what => `${what}, which is new`),
    ...by(lines, 'what', 'lost', what => `${what}, which is gone`),
    { text: mixText(lines, mix, telling), amount: mix },
    { text: priceText(price, telling), amount: price },
    { text: 'usage that has no price in one of the periods', amount: sum('unpriced') },
  ]
}

function by(
  lines: readonly ToldLine[],
  key: 'who' | 'what',
  part: keyof Parts,
  textOf: (name: string, own: readonly ToldLine[]) => string,
): Cause[] {
  return groupsBy(lines, key).map(([name, own]) => ({
    text: textOf(name, own),
    amount: own.reduce((total, { parts }) => addDecimals(total, parts[part]), ZERO),
  }))
}

function groupsBy(lines: readonly ToldLine[], key: 'who' | 'what'): [string, ToldLine[]][] {
  const groups = new Map<string, ToldLine[]>()
  for (const line of lines) {
    const own = groups.get(line[key]) ?? []
    groups.set(line[key], own)
    own.push(line)
  }
  return [...groups]
}

// Of the lines that are in both periods, as their volume is.
function volumeText(who: string, lines: readonly ToldLine[], { quantity }: Telling): string {
  const both = lines.filter(({ before, after }) => before > 0n && after > 0n)
  const before = both.reduce((sum, line) => sum + line.before, 0n)
  const after = both.reduce((sum, line) => sum + line.after, 0n)
  const word = after < before ? (quantity === 'requests' ? 'fewer' : 'less') : 'more'
  const percent = before === 0n ? 0 : Math.abs((Number(after) / Number(before) - 1) * 100)
  const size = percent === 0 ? '' : `${percent < 1 ? 'under 1' : Math.round(percent)} % `
  return `${size}${word} ${quantity} at ${who}`
}

function mixText(lines: readonly ToldLine[], amount: Decimal, { hasWhat, isModel }: Telling): string {
  const dearer = amount.units > 0n
  const grown = hasWhat ? mostGrown(lines) : undefined
  if (grown === undefined) return `a move to ${dearer ? 'dearer' : 'cheaper'} usage`
  return isModel ? `a move to ${grown}` : `a shift towards ${grown}`
}

// Whose part of the whole grew most.
function mostGrown(lines: readonly ToldLine[]): string | undefined {
  const both = lines.filter(({ before, after }) => before > 0n && after > 0n)
  const total = (side: 'before' | 'after') => both.reduce((sum, line) => sum + Number(line[side]), 0) || 1
  const [allBefore, allAfter] = [total('before'), total('after')]
  const growth = groupsBy(both, 'what').map(([what, own]) => ({
    what,
    by: own.reduce((sum, line) => sum + Number(line.after) / allAfter - Number(line.before) / allBefore, 0),
  }))
  return growth.filter(({ by }) => by > 1e-9).sort((a, b) => b.by - a.by)[0]?.what
}

function priceText(amount: Decimal, { quantity }: Telling): string {
  if (quantity === 'tokens') return amount.units < 0n ? 'lower prices' : 'higher prices'
  return amount.units < 0n ? 'requests that cost less' : 'requests that cost more'
}
