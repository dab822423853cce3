// The tokens and cost of a line as one word of 32 bits, to compare a line that repeats an id with the one that counts. Two
// lines that differ have the same word once in four billion times. Kernels make the same words, see
// assembly/usage-words.ts: ids that one has seen are passed to the other.
import { type Decimal, formatDecimal } from '../base/decimal.ts'
import { TOKEN_MEASURES } from '../query/measures.ts'
import { fingerprint } from '../scan/fingerprint.ts'
import type { Judged } from './judged.ts'
import { isGiven } from './row-measures.ts'

/** Of an id whose line is gone. No line has it. */
export const UNKNOWN_USAGE = 0

// As in assembly/usage-words.ts: of each number the one for its low half and the one for its high half.
const MULTIPLIERS = Uint32Array.of(
  ...[0xf5389a61, 0x834a321f, 0xc34aa183, 0xe654d383, 0x83146b8d, 0x87db7927, 0x9201960b, 0xb766235b],
  ...[0x894518d9, 0xd8a8877f, 0xb83f1103, 0xddef6847, 0xcec0afdb, 0xaa9928a1, 0xcce0636b, 0x879f5c39],
)
const OF_NOTHING = 0x9e3779b9
const OF_A_COST = 0x85ebca6b

/** The word of a judged row. */
export function usageWord(judged: Judged, row: number): number {
  const { costs, wideCosts } = judged.batch
  let word = OF_NOTHING
  for (let index = 0; index < TOKEN_MEASURES.length; index++)
    word += wordOf(judged[TOKEN_MEASURES[index]!][row]!, index)
  if (isGiven(costs[row]!)) {
    const wide = wideCosts.get(row)
    word += OF_A_COST + wordOf(costs[row]!, TOKEN_MEASURES.length) + (wide === undefined ? 0 : wideCostWord(wide))
  }
  const whole = word >>> 0
  return whole === UNKNOWN_USAGE ? 1 : whole
}

/** What a cost adds that is no whole number of 10^-12 dollars. */
export function wideCostWord(cost: Decimal): number {
  const bytes = Buffer.from(formatDecimal(cost))
  const words = new Uint32Array(4)
  fingerprint(bytes, 0, bytes.length, words, 0)
  return words[0]!
}

function wordOf(value: number, index: number): number {
  return mix(value, MULTIPLIERS[2 * index]!) + mix(value / 2 ** 32, MULTIPLIERS[2 * index + 1]!)
}

// Of the low 32 bits of a whole number.
function mix(value: number, multiplier: number): number {
  const product = Math.imul(value, multiplier)
  return product ^ (product >>> 15)
}
