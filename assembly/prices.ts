// What the events of a block cost, each by the price of its rate class: columns of sums like those of tokens.
//
// Price, 80 bytes: 0 kind u8 | 1 whether an event of the class counts also where it carries no usage u8 | 8 weights f64 x 8:
//                  what one of each thing that is billed costs in units of 10^-12 dollars
import * as P from '../src/kernel/protocol'
import * as J from './judge'
import { allocate, enlarge, roomFor } from './memory'
import * as R from './rows'
import { addFixedSource, sourceColumn } from './sums'

const MOST: f64 = 9007199254740991

// Of the things that are counted, in the order of BILLED_MEASURES; behind them of the logged cost.
const SOURCES: usize = memory.data(P.PRICE_WEIGHTS + 1, 16)

let prices: usize = 0
let capacity: u32 = 0
let results: usize = 0
/** Used rows whose cost is not a whole number in a double, and how many there are. */
export let wide: usize = 0
export let wideCount: i32 = 0

/** Where the price of a class is to be written. */
export function placeOfPrice(code: u32): usize {
  if (code >= capacity) {
    const larger = roomFor(code + 1)
    prices = enlarge(prices, (capacity as usize) * P.PRICE_BYTES, (larger as usize) * P.PRICE_BYTES)
    capacity = larger
  }
  return prices + (code as usize) * P.PRICE_BYTES
}

export function initPrices(): void {
  results = allocate(4 * R.ROWS * 8)
  wide = allocate(R.ROWS * 4)
}

/** A source of sums: 0 the cost, or whether it 1 was logged, 2 is estimated, 3 is not known. */
export function addPriceSource(index: u32): u32 {
  return addFixedSource(resultColumn(index))
}

@inline
function resultColumn(index: u32): usize {
  return results + (index as usize) * R.ROWS * 8
}

export function setCountedSource(index: u32, source: u32): void {
  store<u8>(SOURCES + index, source as u8)
}

/** How many of a thing a used row has. */
export function countOf(index: usize, row: usize): f64 {
  if (index === P.BILLED_EVENTS) return 1
  const column = sourceColumn(load<u8>(SOURCES + index))
  return column === 0 ? 0 : (load<u64>(column + (row << 3)) as f64)
}

/** Prices the used rows, whose classes are at `codes`. */
export function priceRows(codes: usize, count: u32): void {
  wideCount = 0
  memory.fill(results, 0, 4 * R.ROWS * 8)
  const costs = sourceColumn(load<u8>(SOURCES + P.BILLED_LOGGED_COST))
  for (let row: usize = 0; row < count; row++) {
    const price = prices + (load<u32>(codes + (row << 2)) as usize) * P.PRICE_BYTES
    if (load<u8>(price, P.PRICE_ALWAYS_AT) === 0 && !carriesUsage(row)) continue
    const kind = load<u8>(price)
    const source = kind === P.PRICE_LOGGED ? 1 : kind === P.PRICE_UNKNOWN ? 3 : 2
    store<u64>(resultColumn(source) + (row << 3), 1)
    if (kind === P.PRICE_LOGGED && costs !== 0) store<u64>(results + (row << 3), load<u64>(costs + (row << 3)))
    if (source === 2) estimate(row, price, kind === P.PRICE_ESTIMATED)
  }
}

function estimate(row: usize, price: usize, isWhole: bool): void {
  let total: f64 = 0
  let size: f64 = 0
  for (let index: usize = 0; index < (P.PRICE_WEIGHTS as usize) && isWhole; index++) {
    const product = load<f64>(price + (index << 3), P.PRICE_WEIGHTS_AT) * countOf(index, row)
    total += product
    size += abs(product)
  }
  if (isWhole && size <= MOST && total >= 0) store<u64>(results + (row << 3), total as u64)
  else store<u32>(wide + ((wideCount++ as usize) << 2), row as u32)
}

function carriesUsage(index: usize): bool {
  const row = load<u32>(J.USED + (index << 2)) as usize
  return (load<u64>(R.SEEN + (row << 3)) & J.usageBits) !== 0
}
