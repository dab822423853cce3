// Which values of one key came with which of another, in the rows of a table.
import type { Groups } from '../tally/groups.ts'
import type { KeyValue } from '../tally/key-table.ts'

const MOST_PAIRS = 2 ** 22

/** Sets of related values by value; no value is in none. */
export class RelatedKeys {
  private readonly table: Groups
  private readonly key: number
  private readonly other: number
  private sets: Map<KeyValue, Set<number>> | undefined

  constructor(table: Groups, key: number, other: number) {
    this.table = table
    this.key = key
    this.other = other
  }

  count(value: KeyValue): number {
    return this.find(value)?.size ?? 0
  }

  /** In the order of texts. */
  textsOf(value: KeyValue): string[] {
    const others = this.table.tables[this.other]!
    return [...(this.find(value) ?? [])].map(code => String(others.valueOf(code))).sort()
  }

  private find(value: KeyValue): ReadonlySet<number> | undefined {
    this.sets ??= this.relate()
    return this.sets.get(value)
  }

  private relate(): Map<KeyValue, Set<number>> {
    const { table, key, other } = this
    const [codes, otherCodes] = [table.keys[key]!, table.keys[other]!]
    const others = table.tables[other]!
    const hasValue = Array.from({ length: others.size }, (_, code) => others.valueOf(code) !== null)
    const byCode: (Set<number> | undefined)[] = []
    const pairs = table.tables[key]!.size * others.size
    // A pair comes again with every rate class, and looking into an array is quicker than into a set.
    const seen = new Uint8Array(pairs <= MOST_PAIRS ? pairs : 0)
    for (let slot = 0; slot < table.size; slot++) {
      const code = codes[slot]!
      const otherCode = otherCodes[slot]!
      const pair = code * others.size + otherCode
      if (seen[pair] === 1) continue
      seen[pair] = 1
      const set = byCode[code] ?? new Set()
      byCode[code] = set
      if (hasValue[otherCode]) set.add(otherCode)
    }
    const sets = byCode.flatMap((set, code) =>
      set === undefined ? [] : [[table.tables[key]!.valueOf(code), set] as const],
    )
    return new Map(sets)
  }
}
