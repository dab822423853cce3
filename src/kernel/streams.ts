// The keys of group-bys as streams of codes in a kernel. Keys that several group-bys end with are combined first, so that
// their combination becomes one number once for all of them.
import { pauseOfKey, type Query } from '../query/query.ts'
import type { KernelExports } from './exports.ts'
import type { KernelSlots } from './places.ts'
import * as P from './protocol.ts'

export type Stream =
  | { readonly kind: 'key'; readonly number: number; readonly key: string }
  | { readonly kind: 'zero'; readonly number: number }
  | { readonly kind: 'pair'; readonly number: number; readonly a: Stream; readonly b: Stream }

/** The rate's parts: its flags with the context class, and the time class. */
export interface RateStream {
  readonly number: number
  readonly flags: number
  readonly timeClass: number
}

export class KernelStreams {
  /** Undefined where no group-by has the rate as a key. */
  rate: RateStream | undefined
  private readonly kernel: KernelExports
  private readonly slots: KernelSlots
  private readonly query: Query
  private readonly units: ReadonlyMap<string, number>
  private readonly known = new Map<string, Stream>()
  private zero: Stream | undefined

  constructor(kernel: KernelExports, slots: KernelSlots, query: Query, units: ReadonlyMap<string, number>) {
    this.units = units
    this.kernel = kernel
    this.slots = slots
    this.query = query
  }

  /** The stream of the combinations of some keys: codes from 0, in the order in which they come. */
  ofGroups(keys: readonly string[]): Extract<Stream, { kind: 'pair' }> {
    const last = keys.at(-1)
    if (last !== undefined && pauseOfKey(last) !== undefined) return this.ofRuns(last, keys.slice(0, -1))
    const stream = this.ofList(keys)
    return stream.kind === 'pair' ? stream : this.pair(`${JSON.stringify(keys)}+`, stream, this.zeroStream())
  }

  private ofRuns(key: string, otherKeys: readonly string[]): Extract<Stream, { kind: 'pair' }> {
    const others = this.ofList(otherKeys)
    const unit = this.units.get(key)!
    this.kernel.initUnit(unit)
    const stretches = { kind: 'key', number: this.kernel.addStream(P.STREAM_UNIT, unit, 0, 0), key } as const
    const number = this.kernel.addStream(P.STREAM_RUN, 0, others.number, stretches.number)
    this.kernel.setPauseOf(number, pauseOfKey(key)!)
    return { kind: 'pair', number, a: others, b: stretches }
  }

  private ofList(keys: readonly string[]): Stream {
    return keys.length === 0 ? this.zeroStream() : this.ofKeys(keys)
  }

  ofKeys(keys: readonly string[]): Stream {
    if (keys.length === 1) return this.ofKey(keys[0]!)
    const name = JSON.stringify(keys)
    const known = this.known.get(name)
    if (known !== undefined) return known
    const cut = this.cutBeforeTail(keys)
    return this.pair(name, this.ofKeys(keys.slice(0, cut)), this.ofKeys(keys.slice(cut)))
  }

  // Where the longest tail begins that another group-by has too; else before the last key.
  private cutBeforeTail(keys: readonly string[]): number {
    for (let cut = 1; cut < keys.length - 1; cut++) {
      const tail = keys.slice(cut)
      const sharing = this.query.groupBys.filter(by => by.keys.slice(-tail.length).join('\n') === tail.join('\n'))
      if (new Set(sharing.map(by => by.keys.join('\n'))).size > 1) return cut
    }
    return keys.length - 1
  }

  private pair(name: string, a: Stream, b: Stream): Extract<Stream, { kind: 'pair' }> {
    const known = this.known.get(name)
    if (known?.kind === 'pair') return known
    const stream = { kind: 'pair', number: this.kernel.addStream(P.STREAM_PAIR, 0, a.number, b.number), a, b } as const
    this.known.set(name, stream)
    return stream
  }

  private ofKey(key: string): Stream {
    const name = JSON.stringify(key)
    const known = this.known.get(name)
    if (known !== undefined) return known
    const stream: Stream = { kind: 'key', number: this.addKey(key), key }
    this.known.set(name, stream)
    return stream
  }

  private addKey(key: string): number {
    const { kernel } = this
    if (key === 'rate') return this.addRate()
    if (key === 'status') return kernel.addStream(P.STREAM_STATUS, 0, 0, 0)
    const slot = this.slots.extras.get(key) ?? this.slots.fields.get(key)
    if (slot !== undefined) return kernel.addStream(P.STREAM_TEXT, slot, 0, 0)
    const unit = this.units.get(key)
    if (unit === undefined) throw new Error(`the query groups by ${key}, which the scan plan does not make`)
    kernel.initUnit(unit)
    return kernel.addStream(P.STREAM_UNIT, unit, 0, 0)
  }

  private addRate(): number {
    const { kernel } = this
    const { instants, dailyCuts } = this.query.cuts
    const flags = kernel.addStream(P.STREAM_FLAGS, 0, 0, 0)
    const hasTimes = instants.length > 0 || dailyCuts.length > 0
    if (hasTimes) kernel.initUnit(P.UNIT_TIME_CLASS)
    const timeClass = hasTimes ? this.addTimeClass(dailyCuts.length > 0) : this.zeroStream().number
    const number = kernel.addStream(P.STREAM_PAIR, 0, flags, timeClass)
    this.rate = { number, flags, timeClass }
    return number
  }

  // Where prices change within the day they do so for few models; the others have one class for all parts of it.
  private addTimeClass(hasDailyCuts: boolean): number {
    const { kernel } = this
    if (!hasDailyCuts) return kernel.addStream(P.STREAM_UNIT, P.UNIT_TIME_CLASS, 0, 0)
    return kernel.addStream(P.STREAM_COARSE_UNIT, P.UNIT_TIME_CLASS, this.ofKey('model').number, 0)
  }

  private zeroStream(): Stream {
    this.zero ??= { kind: 'zero', number: this.kernel.addStream(P.STREAM_ZERO, 0, 0, 0) }
    return this.zero
  }
}
