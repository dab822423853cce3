// Which values of one key came with which of another, in the rows of a table. Kept as columns: a million users with a set
// each would take gigabytes.
import type { Groups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'

const MOST_PAIRS = 2 ** 22

interface Relation {
  /** Codes of the other key, those that came with one code side by side. */
  readonly others: Uint32Array
  /** Where those of each code begin, and behind the last. */
  readonly starts: Uint32Array
}

/** Related values by value; no value is related to none. */
export class RelatedKeys {
  private readonly table: Groups
  private readonly key: number
  private readonly other: number
  private relation: Relation | undefined
  private codes: Map<KeyValue, number> | undefined

  constructor(table: Groups, key: number, other: number) {
    this.table = table
    this.key = key
    this.other = other
  }

  count(value: KeyValue): number {
    return this.find(value).length
  }

  /** In the order of texts. */
  textsOf(value: KeyValue): string[] {
    const others = this.table.tables[this.other]!
    return Array.from(this.find(value), code => String(others.valueOf(code))).sort()
  }

  private find(value: KeyValue): Uint32Array {
    this.relation ??= this.relate()
    this.codes ??= this.codesOfValues()
    const { others, starts } = this.relation
    const code = this.codes.get(value)
    return code === undefined ? others.subarray(0, 0) : others.subarray(starts[code]!, starts[code + 1]!)
  }

  private codesOfValues(): Map<KeyValue, number> {
    const keys = this.table.tables[this.key]!
    return new Map(Array.from({ length: keys.size }, (_, code) => [keys.valueOf(code), code]))
  }

  private relate(): Relation {
    const { table, key, other } = this
    const [size, otherSize] = [table.tables[key]!.size, table.tables[other]!.size]
    const pairs = distinctPairs(this.pairs(otherSize), size * otherSize)
    const others = new Uint32Array(pairs.length)
    const starts = new Uint32Array(size + 1)
    pairs.forEach((pair, index) => {
      const code = Math.floor(pair / otherSize)
      others[index] = pair - code * otherSize
      starts[code + 1]!++
    })
    for (let code = 0; code < size; code++) starts[code + 1]! += starts[code]!
    return { others, starts }
  }

  // Of each row whose other key has a value; code 0 stands for none.
  private pairs(otherSize: number): Float64Array {
    const { table, key, other } = this
    const [codes, otherCodes] = [table.keys[key]!, table.keys[other]!]
    const pairs = new Float64Array(table.size)
    let count = 0
    for (let slot = 0; slot < table.size; slot++) {
      if (otherCodes[slot]! !== 0) pairs[count++] = codes[slot]! * otherSize + otherCodes[slot]!
    }
    return pairs.subarray(0, count)
  }
}

// In ascending order. A pair comes again with every rate class; where there is room, most are left out before they are sorted.
function distinctPairs(pairs: Float64Array, limit: number): Float64Array {
  const seen = new Uint8Array(limit <= MOST_PAIRS ? limit : 0)
  let count = 0
  for (const pair of pairs) {
    if (seen[pair] === 1) continue
    seen[pair] = 1
    pairs[count++] = pair
  }
  const sorted = pairs.subarray(0, count).sort()
  let distinct = 0
  for (const pair of sorted) {
    if (distinct === 0 || sorted[distinct - 1] !== pair) sorted[distinct++] = pair
  }
  return sorted.subarray(0, distinct)
}
