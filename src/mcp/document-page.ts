// One answer of a document that may be of any length: of each list the next rows, 50 in all, and 40,000 characters at most.
import { smallestOf } from '../base/lists.ts'
import type { PlainValue } from '../library/plain-value.ts'
import type { Names } from './names.ts'
import { type Limits, Shown } from './shown.ts'

export const MOST_ROWS = 50
export const MOST_CHARACTERS = 40_000
/** For the cursor, and for what is said beside the document. */
const RESERVED_CHARACTERS = 2_000

/** What is tried, until a page has room. */
const LIMITS: readonly Limits[] = [
  { characters: 1_000, items: 50 },
  { characters: 300, items: 20 },
  { characters: 80, items: 5 },
  { characters: 40, items: 1 },
]
/** Rather fewer rows than shorter ones, down to so many. */
const FEW_ROWS = 5

export type Document = { readonly [key: string]: PlainValue }

/** How many rows of each list came before. */
export type Place = { readonly [list: string]: number }

export interface Page {
  readonly document: Document
  readonly isCut: boolean
  /** Where the next page begins; undefined where this was the last. */
  readonly next: Place | undefined
}

export function pageOf(document: Document, place: Place, names: Names): Page {
  let page = pageWithin(document, place, names, LIMITS[0]!, MOST_ROWS)
  for (const limits of LIMITS) {
    const isLast = limits === LIMITS.at(-1)
    for (let rows = MOST_ROWS; ; rows = Math.floor(rows * 0.7)) {
      page = pageWithin(document, place, names, limits, rows)
      if (JSON.stringify(page.document).length <= MOST_CHARACTERS - RESERVED_CHARACTERS) return page
      if (rows <= (isLast ? 1 : FEW_ROWS)) break
    }
  }
  return page
}

function pageWithin(document: Document, place: Place, names: Names, limits: Limits, rows: number): Page {
  const shown = new Shown(limits, names)
  const left = Object.entries(document).flatMap(([key, value]): [string, readonly PlainValue[]][] =>
    isRows(value) ? [[key, value.slice(place[key] ?? 0)]] : [],
  )
  const shares = sharesOf(
    left.map(([, list]) => list.length),
    rows,
  )
  const taken = new Map(left.map(([key, list], index) => [key, list.slice(0, shares[index])]))
  const parts = Object.entries(document).map(([key, value]): [string, PlainValue] => {
    const list = taken.get(key)
    return [key, list === undefined ? shown.value(value, key) : list.map(row => shown.value(row, key))]
  })
  const isWhole = left.every(([key, list]) => taken.get(key)!.length === list.length)
  const next = Object.fromEntries(left.map(([key]) => [key, (place[key] ?? 0) + taken.get(key)!.length]))
  return { document: Object.fromEntries(parts), isCut: shown.isCut, next: isWhole ? undefined : next }
}

function isRows(value: PlainValue): value is PlainValue[] {
  return Array.isArray(value) && value.some(item => typeof item === 'object' && item !== null && !Array.isArray(item))
}

/** How many rows each list may show: short ones all, and long ones the same. */
export function sharesOf(lengths: readonly number[], rows: number): number[] {
  const shares = lengths.map(() => 0)
  for (let left = rows; left > 0; ) {
    const open = lengths.flatMap((length, index) => (length > shares[index]! ? [index] : []))
    if (open.length === 0) break
    const each = Math.max(1, Math.floor(left / open.length))
    const step = Math.min(each, smallestOf(open.map(index => lengths[index]! - shares[index]!)))
    for (const index of open.slice(0, left)) {
      shares[index]! += step
      left -= step
    }
  }
  return shares
}
