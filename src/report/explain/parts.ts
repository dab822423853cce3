// Why a cost changed, as parts that add up to the change to the last digit: more or less of everything, a move between
// cells of other prices, other prices, cells that are new or lost, and what has no price.
import {
  addDecimals,
  type Decimal,
  decimalOfInteger,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  subtractDecimals,
  ZERO,
} from '../../base/decimal.ts'

export const PART_NAMES = ['volume', 'mix', 'price', 'new', 'lost', 'unpriced'] as const
export type PartName = (typeof PART_NAMES)[number]
export type Parts = { readonly [name in PartName]: Decimal }

export const EXPLAIN_METHODS = ['before', 'midpoint'] as const
export type ExplainMethod = (typeof EXPLAIN_METHODS)[number]

/** A cell in one of the two periods. */
export interface CellSide {
  readonly cost: Decimal
  /** Requests or tokens, of those that have a price. */
  readonly quantity: bigint
  /** Whether it has nothing but usage without a price, so that nobody knows what it cost. */
  readonly isUnpriced: boolean
}

/** A cell in both periods; null where it is not there. */
export interface CellPair {
  readonly before: CellSide | null
  readonly after: CellSide | null
}

export const NO_PARTS: Parts = { volume: ZERO, mix: ZERO, price: ZERO, new: ZERO, lost: ZERO, unpriced: ZERO }
const HALF = parseDecimal('0.5')!
/** Digits of what is rounded: those of a rate of a token. */
const DIGITS = 12

/** The parts of each cell, in their order. */
export function explainCells(cells: readonly CellPair[], method: ExplainMethod): Parts[] {
  const forward = oneWay(cells)
  if (method === 'before') return forward
  const backward = oneWay(cells.map(({ before, after }) => ({ before: after, after: before })))
  return forward.map((parts, at) => midpoint(parts, backward[at]!))
}

export function addParts(a: Parts, b: Parts): Parts {
  return mapParts(name => addDecimals(a[name], b[name]))
}

export function sumOfParts(parts: Parts): Decimal {
  return PART_NAMES.reduce((sum, name) => addDecimals(sum, parts[name]), ZERO)
}

/** The same parts with each amount changed in the same way. */
export function mapParts(amountOf: (name: PartName) => Decimal): Parts {
  return Object.fromEntries(PART_NAMES.map(name => [name, amountOf(name)])) as Parts
}

function oneWay(cells: readonly CellPair[]): Parts[] {
  const both = cells.filter(isInBoth)
  const cost = both.reduce((sum, { before }) => addDecimals(sum, before.cost), ZERO)
  const quantity = both.reduce((sum, { before }) => sum + before.quantity, 0n)
  return cells.map(cell => (isInBoth(cell) ? changeParts(cell, cost, quantity) : endParts(cell)))
}

type InBoth = { readonly [side in keyof CellPair]: CellSide }

// What counts nothing in one of the periods has no price there to compare with.
function isInBoth(cell: CellPair): cell is InBoth {
  const { before, after } = cell
  if (before === null || after === null || before.isUnpriced || after.isUnpriced) return false
  return before.quantity !== 0n && after.quantity !== 0n
}

// Two amounts are rounded, once each; what else there is is what is left, so nothing is lost.
function changeParts({ before, after }: InBoth, cost: Decimal, quantity: bigint): Parts {
  const more = decimalOfInteger(after.quantity - before.quantity)
  const volume = divideDecimals(multiplyDecimals(more, cost), decimalOfInteger(quantity), DIGITS)
  const scaled = multiplyDecimals(decimalOfInteger(after.quantity), before.cost)
  const atOldPrice = divideDecimals(scaled, decimalOfInteger(before.quantity), DIGITS)
  const mix = subtractDecimals(subtractDecimals(atOldPrice, before.cost), volume)
  return { ...NO_PARTS, volume, mix, price: subtractDecimals(after.cost, atOldPrice) }
}

function endParts({ before, after }: CellPair): Parts {
  const change = subtractDecimals(after?.cost ?? ZERO, before?.cost ?? ZERO)
  return { ...NO_PARTS, [endOf(before, after)]: change }
}

function endOf(before: CellSide | null, after: CellSide | null): PartName {
  if (before?.isUnpriced === true || after?.isUnpriced === true) return 'unpriced'
  const [hadAny, hasAny] = [before, after].map(side => side !== null && side.quantity !== 0n)
  if (hadAny !== hasAny) return hasAny ? 'new' : 'lost'
  if (before !== null && after !== null) return 'price'
  return after === null ? 'lost' : 'new'
}

// What is lost on the way back is new on the way there.
function midpoint(forward: Parts, backward: Parts): Parts {
  const back = { ...backward, new: backward.lost, lost: backward.new }
  return mapParts(name => multiplyDecimals(HALF, addDecimals(forward[name], negateDecimal(back[name]))))
}
