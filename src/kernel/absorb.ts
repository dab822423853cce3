// Adds the tally of one kernel to the sums of another: its groups are added as if they were rows.
import { unpackRate } from '../query/rate-class.ts'
import { addWideCost } from '../tally/wide-costs.ts'
import { bytesAt, doublesAt, halfWordsAt, longWordsAt, wordsAt } from './memory.ts'
import type { KernelGroupBy, OpenKernel } from './open-kernel.ts'
import type { PackedGroups, PackedKeys, PackedTally } from './packed-tally.ts'
import { CONTEXT_SHIFT, FLAG_LOGGED, FLAG_UNSPLIT, ROWS_MAX, SHAPE_WORDS, UNIT_TIME_CLASS } from './protocol.ts'
import type { Stream } from './streams.ts'

const PADDING = 32

/** Adds a packed tally of the same query and format, whose sums must all be below 2^53. */
export function absorbTally(owner: OpenKernel, packed: PackedTally): void {
  const absorber = new Absorber(owner, packed)
  packed.groups.forEach((groups, index) => {
    absorber.addGroups(owner.groupBys[index]!, groups)
  })
  absorber.end()
  if (packed.firstInstant <= packed.lastInstant) owner.kernel.widenExtent(packed.firstInstant, packed.lastInstant)
}

interface Block {
  readonly place: number
  readonly bytes: number
}

class Absorber {
  private readonly owner: OpenKernel
  private readonly packed: PackedTally
  /** Codes of ours by codes of theirs, for each stream that is no pair. */
  private readonly translations = new Map<number, Block>()
  /** Where the windows and lists of the next groups begin. */
  private sketchStarts: [number, number] = [0, 0]
  private readonly blocks = new Map<number, Block>()

  constructor(owner: OpenKernel, packed: PackedTally) {
    this.owner = owner
    this.packed = packed
  }

  addGroups(groupBy: KernelGroupBy, groups: PackedGroups): void {
    const { kernel } = this.owner
    const { by, stream, set } = groupBy
    const isSummed = groups.sums.map(sum => !sum.isZero)
    const active = set.lanes.reduce((bits, { isCount, lane }, index) => {
      const vector = isCount ? 0 : Math.floor(lane / 2) + 1
      return isSummed[index] === true ? bits | (1 << vector) : bits
    }, 0)
    for (let from = 0; from < groups.size; from += ROWS_MAX) {
      const count = Math.min(ROWS_MAX, groups.size - from)
      this.lend(stream, by.keys, groups, from, count)
      const ids = kernel.codesOf(stream.number)
      const total = kernel.sizeOf(stream.number)
      if (active !== 0) {
        kernel.clearRecords(set.place, active)
        groups.sums.forEach((sum, index) => {
          const { isCount, lane } = set.lanes[index]!
          if (sum.isZero) return
          const place = this.block(-1, count * 8)
          doublesAt(kernel, place, count).set(sum.values.subarray(from, from + count))
          kernel.lendSums(set.place, isCount, lane, place, count)
        })
        kernel.addRecords(groupBy.groups, ids, count, total)
      }
      this.addSketches(groupBy, groups, ids, from, count)
      this.addExtents(groupBy, groups, ids, from, count)
      this.addWideCosts(groupBy, groups, ids, from, count)
    }
    this.release(this.blocks)
  }

  /** Gives back what was taken in the kernel. */
  end(): void {
    this.release(this.translations)
  }

  private release(blocks: Map<number, Block>): void {
    for (const { place, bytes } of blocks.values()) this.owner.kernel.release(place, bytes)
    blocks.clear()
  }

  private addSketches(
    { sketches }: KernelGroupBy,
    groups: PackedGroups,
    ids: number,
    from: number,
    count: number,
  ): void {
    const { kernel } = this.owner
    if (groups.sketches === null) return
    const shapes = groups.sketches.shapes.subarray(from * SHAPE_WORDS, (from + count) * SHAPE_WORDS)
    const [windowLength, listLength] = lengthsOf(shapes)
    if (from === 0) this.sketchStarts = [0, 0]
    const [window, list] = this.sketchStarts
    this.sketchStarts = [window + windowLength, list + listLength]
    const shapesPlace = this.block(-2, shapes.length * 4)
    const areWide = groups.sketches.windows instanceof Uint32Array
    const windowsPlace = this.block(-3, windowLength * (areWide ? 4 : 2) + PADDING)
    const listsPlace = this.block(-5, listLength * 2 + PADDING)
    wordsAt(kernel, shapesPlace, shapes.length).set(shapes)
    const windows = groups.sketches.windows.subarray(window, window + windowLength)
    ;(areWide ? wordsAt : halfWordsAt)(kernel, windowsPlace, windowLength).set(windows)
    const lists = groups.sketches.lists.subarray(list, list + listLength)
    halfWordsAt(kernel, listsPlace, listLength).set(lists)
    kernel.absorbSketches(sketches, ids, count, shapesPlace, windowsPlace, listsPlace, areWide)
    const largestPlace = this.block(-1, count * 8)
    doublesAt(kernel, largestPlace, count).set(groups.sketches.largest.subarray(from, from + count))
    kernel.absorbLargest(sketches, ids, count, largestPlace)
  }

  private addExtents(groupBy: KernelGroupBy, groups: PackedGroups, ids: number, from: number, count: number): void {
    const { kernel } = this.owner
    if (groups.extents === null) return
    const place = this.block(-4, count * 16)
    const extents = groups.extents.subarray(from * 2, (from + count) * 2)
    const instants = longWordsAt(kernel, place, count * 2)
    for (let index = 0; index < count; index++) {
      instants[index] = BigInt(extents[index * 2]!)
      instants[count + index] = BigInt(extents[index * 2 + 1]!)
    }
    kernel.addExtents(groupBy.groups, ids, place, place + count * 8, count, kernel.sizeOf(groupBy.stream.number))
  }

  private addWideCosts(
    { wideCosts }: KernelGroupBy,
    groups: PackedGroups,
    ids: number,
    from: number,
    count: number,
  ): void {
    if (groups.wideCosts.size === 0) return
    const slots = wordsAt(this.owner.kernel, ids, count)
    for (const [theirs, cost] of groups.wideCosts) {
      if (theirs < from || theirs >= from + count) continue
      const slot = slots[theirs - from]!
      addWideCost(wideCosts, slot, cost)
    }
  }

  // Makes the codes of a stream and all its parts those of some of their groups.
  private lend(stream: Stream, keys: readonly string[], groups: PackedGroups, from: number, count: number): void {
    const { kernel, streams } = this.owner
    if (stream.kind === 'pair') {
      this.lend(stream.a, keys, groups, from, count)
      this.lend(stream.b, keys, groups, from, count)
      kernel.pairLent(stream.number, count)
    } else if (stream.kind === 'zero') {
      this.lendWords(stream.number, new Uint32Array(count))
    } else {
      const codes = groups.keys[keys.indexOf(stream.key)]!.subarray(from, from + count)
      if (stream.key !== 'rate') this.lendTranslated(stream.number, stream.key, codes)
      else {
        const { flags, timeClass, number } = streams.rate!
        this.lendTranslated(flags, 'rate flags', codes)
        this.lendTranslated(timeClass, 'rate time', codes)
        kernel.pairLent(number, count)
      }
    }
  }

  private lendTranslated(stream: number, key: string, codes: Uint32Array): void {
    const place = this.lendWords(stream, codes)
    this.owner.kernel.translate(place, codes.length, this.translationOf(stream, key))
  }

  private lendWords(stream: number, words: Uint32Array): number {
    const { kernel } = this.owner
    const place = this.block(stream, ROWS_MAX * 4)
    wordsAt(kernel, place, words.length).set(words)
    kernel.lendCodes(stream, place)
    return place
  }

  private translationOf(stream: number, key: string): number {
    const known = this.translations.get(stream)
    if (known !== undefined) return known.place
    const { kernel } = this.owner
    const codes = this.translate(key)
    const bytes = Math.max(4, codes.length * 4)
    const place = kernel.allocate(bytes)
    wordsAt(kernel, place, codes.length).set(codes)
    this.translations.set(stream, { place, bytes })
    return place
  }

  private translate(key: string): Uint32Array {
    const { kernel, slots, spans, query } = this.owner
    const keys = this.packed.keys.get(key.startsWith('rate ') ? 'rate' : key)!
    if (keys.kind === 'status') return Uint32Array.of(0, 1, 2)
    if (keys.kind === 'texts')
      return this.internTexts(kernel.tableOf(slots.extras.get(key) ?? slots.fields.get(key)!), keys)
    const rates = (value: number) => unpackRate(Number.isNaN(value) ? 0 : value)
    if (key === 'rate flags') {
      return Uint32Array.from(keys.values, value => {
        const { isLogged, isUnsplit, contextClass } = rates(value)
        return (isLogged ? FLAG_LOGGED : 0) | (isUnsplit ? FLAG_UNSPLIT : 0) | (contextClass << CONTEXT_SHIFT)
      })
    }
    const isTimeClass = key === 'rate time'
    if (isTimeClass && query.cuts.instants.length + query.cuts.dailyCuts.length === 0) {
      return new Uint32Array(keys.values.length)
    }
    const unit = isTimeClass ? UNIT_TIME_CLASS : spans.units.get(key)!
    const dictionary = spans.dictionaries[unit]!
    const codes = Uint32Array.from(keys.values, value =>
      dictionary.codeOf(Number.isNaN(value) ? null : isTimeClass ? rates(value).timeClass : value),
    )
    kernel.noteUnit(unit, dictionary.size)
    return codes
  }

  private internTexts(table: number, { bytes, ends }: Extract<PackedKeys, { kind: 'texts' }>): Uint32Array {
    const { kernel } = this.owner
    const sizes = [bytes.length + PADDING, ends.length * 4, ends.length * 4] as const
    const [bytesPlace, endsPlace, to] = sizes.map(size => kernel.allocate(size)) as [number, number, number]
    bytesAt(kernel, bytesPlace, bytes.length).set(bytes)
    wordsAt(kernel, endsPlace, ends.length).set(ends)
    kernel.internTexts(table, bytesPlace, endsPlace, ends.length, to)
    const codes = wordsAt(kernel, to, ends.length).slice()
    ;[bytesPlace, endsPlace, to].forEach((place, index) => {
      kernel.release(place, sizes[index]!)
    })
    return codes
  }

  // Room in the kernel, by what it is for.
  private block(use: number, bytes: number): number {
    const { kernel } = this.owner
    const known = this.blocks.get(use)
    if (known !== undefined && known.bytes >= bytes) return known.place
    if (known !== undefined) kernel.release(known.place, known.bytes)
    const place = kernel.allocate(bytes)
    this.blocks.set(use, { place, bytes })
    return place
  }
}

function lengthsOf(shapes: Uint32Array): [number, number] {
  let windows = 0
  let lists = 0
  for (let index = 0; index < shapes.length; index += SHAPE_WORDS) {
    windows += shapes[index + 1]!
    lists += shapes[index + 2]!
  }
  return [windows, lists]
}
