// The words of src/tally/usage-word.ts, for all rows of a block: what a line says of tokens and cost, of which only the sum is
// kept. Made column by column and four rows at a time; a column in which no row has anything adds nothing.
import * as R from './rows'
import { TOKEN_COLUMNS, tokenColumn } from './tokens'

// By number: the multiplier of its low half u32, of its high half u32.
const MULTIPLIERS: usize = memory.data<u32>(
  [
    0xf5389a61, 0x834a321f, 0xc34aa183, 0xe654d383, 0x83146b8d, 0x87db7927, 0x9201960b, 0xb766235b, 0x894518d9,
    0xd8a8877f, 0xb83f1103, 0xddef6847, 0xcec0afdb, 0xaa9928a1, 0xcce0636b, 0x879f5c39,
  ],
  16,
)
const OF_NOTHING: u32 = 0x9e3779b9
const OF_A_COST: u32 = 0x85ebca6b

/** By row: the sum so far. Zeros between blocks, but for what the host has put. */
const WORDS: usize = memory.data(1024 * 4, 16)

/** What the cost of a row adds beside its column, which has no room for it. */
export function putCostWord(row: u32, word: u32): void {
  store<u32>(WORDS + ((row as usize) << 2), word)
}

/** Adds the tokens of all rows, and their cost, which stands in the column of this slot. */
export function addUsages(costSlot: u32, count: usize): void {
  for (let index: u32 = 0; index < TOKEN_COLUMNS; index++) {
    const column = tokenColumn(index)
    if (column !== 0) addUsage(index, column, count)
  }
  if ((R.someSeen & ((1 as u64) << costSlot)) !== 0) addUsage(TOKEN_COLUMNS, R.columnOf(costSlot), count)
}

// Adds the number with this index that stands in a column of u64.
function addUsage(index: usize, column: usize, count: usize): void {
  const multipliers = v128.load64_splat(MULTIPLIERS + (index << 3))
  // The rows behind the last are added too: nobody reads their words.
  for (let row: usize = 0; row < count; row += 4) {
    const a = mixed(v128.load(column + (row << 3)), multipliers)
    const b = mixed(v128.load(column + (row << 3), 16), multipliers)
    const low = i32x4.shuffle(a, b, 0, 2, 4, 6)
    const high = i32x4.shuffle(a, b, 1, 3, 5, 7)
    const words = WORDS + (row << 2)
    v128.store(words, i32x4.add(v128.load(words), i32x4.add(low, high)))
  }
}

@inline
function mixed(halves: v128, multipliers: v128): v128 {
  const products = i32x4.mul(halves, multipliers)
  return v128.xor(products, i32x4.shr_u(products, 15))
}

/** The word of a row once all its numbers were added. */
@inline
export function usageWord(row: usize, hasCost: bool): u32 {
  const word = load<u32>(WORDS + (row << 2)) + OF_NOTHING + (hasCost ? OF_A_COST : 0)
  return word === 0 ? 1 : word
}

export function clearWords(count: usize): void {
  // Whole groups of four rows were added to.
  memory.fill(WORDS, 0, min<usize>((count + 3) & ~3, R.ROWS) << 2)
}
