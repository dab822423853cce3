// Which sums the groups of a kernel keep, and in which lane of their records each stands.
import { TOKEN_MEASURES } from '../query/measures.ts'
import type { Query } from '../query/query.ts'
import type { KernelExports } from './exports.ts'
import type { KernelSlots } from './places.ts'
import { SOURCE_SLOT, SOURCE_TOKENS } from './protocol.ts'

// Counts of rows, 32 bits each, in the first vector of a record.
const COUNTS = ['analyses', 'errors', 'timed', 'withoutUsage'] as const

const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['durationUs', 'duration_ms'],
  ['loggedPicoUsd', 'cost_usd'],
])

// What most events have comes first, so that the vectors of the others are rarely touched.
const COMMONEST = ['checks', 'inputTokens', 'outputTokens', 'durationUs', 'loggedPicoUsd', 'cacheReadTokens'] as const

/** At most so many sums beside the counts. */
export const SUMS_MAX = 30

export interface Lane {
  readonly isCount: boolean
  readonly lane: number
}

/** Sums that are kept together; group-bys with the same list share it. */
export interface SumSet {
  readonly place: number
  /** In the order of the list. */
  readonly lanes: readonly Lane[]
}

export class KernelSums {
  readonly inputSource: number
  readonly unsplitSource: number
  private readonly kernel: KernelExports
  private readonly slots: KernelSlots
  private readonly sources = new Map<string, number>()
  private readonly sets = new Map<string, SumSet>()

  constructor(kernel: KernelExports, slots: KernelSlots) {
    this.kernel = kernel
    this.slots = slots
    this.inputSource = this.sourceOf('inputTokens')
    this.unsplitSource = this.sourceOf('unsplitTokens')
  }

  /** Where a sum that the kernel makes itself comes from. */
  setSource(sum: string, source: number): void {
    this.sources.set(sum, source)
  }

  ofList(sums: Query['groupBys'][number]['sums']): SumSet {
    const name = sums.join('\n')
    const known = this.sets.get(name)
    if (known !== undefined) return known
    const summed = [...new Set(sums)].filter(sum => !isCount(sum))
    const inOrder = [
      ...COMMONEST.filter(sum => summed.includes(sum)),
      ...summed.filter(sum => !(COMMONEST as readonly string[]).includes(sum)),
    ]
    const place = this.kernel.addSet(1 + Math.ceil(inOrder.length / 2))
    inOrder.forEach((sum, lane) => {
      this.kernel.setLane(place, lane, this.sourceOf(sum))
    })
    const lanes = sums.map(sum =>
      isCount(sum)
        ? { isCount: true, lane: COUNTS.indexOf(sum as (typeof COUNTS)[number]) }
        : { isCount: false, lane: inOrder.indexOf(sum) },
    )
    const set = { place, lanes }
    this.sets.set(name, set)
    return set
  }

  sourceOf(sum: string): number {
    const known = this.sources.get(sum)
    if (known !== undefined) return known
    const token = TOKEN_MEASURES.indexOf(sum as (typeof TOKEN_MEASURES)[number])
    const source =
      token >= 0 ? this.kernel.addSource(SOURCE_TOKENS, token) : this.kernel.addSource(SOURCE_SLOT, this.slotOf(sum))
    this.sources.set(sum, source)
    return source
  }

  private slotOf(sum: string): number {
    const slot = this.slots.extras.get(sum) ?? this.slots.fields.get(COLUMNS.get(sum) ?? sum)
    if (slot === undefined) throw new Error(`the query sums ${sum}, which the scan plan does not make`)
    return slot
  }
}

function isCount(sum: string): boolean {
  return (COUNTS as readonly string[]).includes(sum)
}
