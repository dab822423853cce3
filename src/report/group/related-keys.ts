// Which values of one key came with which of another, in the rows of a table. Kept as columns: a million users with a set
// each would take gigabytes.
import { type Relation, relate } from '../../base/column-loops.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'

const MOST_PAIRS = 2 ** 22

/** Related values by value; no value is related to none. */
export class RelatedKeys {
  private readonly table: TallyGroups
  private readonly key: number
  private readonly other: number
  private relation: Relation | undefined
  private codes: Map<KeyValue, number> | undefined

  constructor(table: TallyGroups, key: string, other: string) {
    this.table = table
    this.key = table.by.keys.indexOf(key)
    this.other = table.by.keys.indexOf(other)
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
    const codes = new Map<KeyValue, number>()
    for (let code = 0; code < keys.size; code++) codes.set(keys.valueOf(code), code)
    return codes
  }

  private relate(): Relation {
    const { table, key, other } = this
    const [codes, otherCodes] = [table.keys[key]!, table.keys[other]!]
    const [count, otherCount] = [table.tables[key]!.size, table.tables[other]!.size]
    if (count * otherCount <= MOST_PAIRS) return relate(codes, otherCodes, table.size, count, otherCount)
    return relateMany(codes, otherCodes, table.size, count, otherCount)
  }
}

// As `relate`, by sorting the pairs; code 0 of the other stands for none.
function relateMany(
  codes: ArrayLike<number>,
  otherCodes: ArrayLike<number>,
  size: number,
  count: number,
  otherCount: number,
): Relation {
  const pairs = new Float64Array(size)
  let found = 0
  for (let slot = 0; slot < size; slot++) {
    if (otherCodes[slot]! !== 0) pairs[found++] = codes[slot]! * otherCount + otherCodes[slot]!
  }
  const distinct = distinctOf(pairs.subarray(0, found))
  const others = new Uint32Array(distinct.length)
  const starts = new Uint32Array(count + 1)
  distinct.forEach((pair, index) => {
    const code = Math.floor(pair / otherCount)
    others[index] = pair - code * otherCount
    starts[code + 1]!++
  })
  for (let code = 0; code < count; code++) starts[code + 1]! += starts[code]!
  return { others, starts }
}

// In ascending order; a pair comes again with every rate class.
function distinctOf(pairs: Float64Array): Float64Array {
  pairs.sort()
  let distinct = 0
  for (const pair of pairs) {
    if (distinct === 0 || pairs[distinct - 1] !== pair) pairs[distinct++] = pair
  }
  return pairs.subarray(0, distinct)
}
