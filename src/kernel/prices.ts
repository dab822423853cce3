// Prices events in a kernel: tells it the prices of the classes that turn up, and computes the costs that do not fit into it.
import type { Decimal } from '../base/decimal.ts'
import { type EventPrice, linearCost, type PriceOf } from '../query/event-price.ts'
import { BILLED_MEASURES, COST_MEASURES } from '../query/measures.ts'
import { classOfKeys, type EventClass, PRICE_KEYS } from '../tally/price-class.ts'
import { KeyTables, splitStream } from './export.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, doublesAt, wordsAt } from './memory.ts'
import type { OpenKernel } from './open-kernel.ts'
import * as P from './protocol.ts'
import type { KernelStreams, Stream } from './streams.ts'
import type { KernelSums } from './sums.ts'

/** Adds the columns that events are priced by. Before other streams, because costs are known before rows are put together. */
export function addPriceColumns(kernel: KernelExports, streams: KernelStreams, sums: KernelSums): Stream {
  const stream = streams.ofKeys(PRICE_KEYS)
  kernel.setPriceStream(stream.number)
  for (const [index, name] of [...BILLED_MEASURES, 'loggedPicoUsd'].entries()) {
    if (name !== 'analyses') kernel.setCountedSource(index, sums.sourceOf(name))
  }
  COST_MEASURES.forEach((name, index) => {
    sums.setSource(name, kernel.addPriceSource(index))
  })
  return stream
}

export class KernelPrices {
  private readonly owner: OpenKernel
  private readonly stream: Stream
  private readonly priceOf: PriceOf
  /** By the code of the class. */
  private prices: EventPrice[] = []

  constructor(owner: OpenKernel, stream: Stream, priceOf: PriceOf) {
    this.owner = owner
    this.stream = stream
    this.priceOf = priceOf
  }

  /** Tells the kernel the prices of classes that came since the last call. */
  learn(): void {
    const { kernel } = this.owner
    const size = kernel.sizeOf(this.stream.number)
    const known = this.prices.length
    if (size === known) return
    const ids = Uint32Array.from({ length: size - known }, (_, index) => known + index)
    for (const [index, eventClass] of this.classesOf(ids).entries()) this.tell(known + index, eventClass)
  }

  /** The codes of the classes begin anew. */
  forget(): void {
    this.prices = []
  }

  /** By used row of the block, costs beyond whole units of 10^-12 dollars; those of the log are given. */
  wideCosts(logged: ReadonlyMap<number, Decimal>): ReadonlyMap<number, Decimal> {
    const { kernel } = this.owner
    const costs = new Map<number, Decimal>()
    const wideCount = kernel.wideCount.value
    if (wideCount === 0 && logged.size === 0) return costs
    const codes = wordsAt(kernel, kernel.codesOf(this.stream.number), kernel.used.value)
    for (const index of wordsAt(kernel, kernel.wide.value, wideCount)) {
      const price = this.prices[codes[index]!]!
      if (price.from !== 'estimated') continue
      const cost = linearCost(price.rate, billed => kernel.countOf(billed, index))
      if (cost.units !== 0n) costs.set(index, cost)
    }
    for (const [index, cost] of logged) if (this.prices[codes[index]!]!.from === 'logged') costs.set(index, cost)
    return costs
  }

  private classesOf(ids: Uint32Array): EventClass[] {
    const tables = new KeyTables(this.owner)
    const codes = new Map<string, Uint32Array>()
    splitStream(this.owner.kernel, this.stream, ids, ids.length, codes)
    const columns = PRICE_KEYS.map(key => {
      const own = key === 'rate' ? tables.rateCodes(codes.get(key)!) : codes.get(key)!
      return { table: tables.of(key), codes: own }
    })
    return Array.from(ids, (_, index) => classOfKeys(columns.map(({ table, codes }) => table.valueOf(codes[index]!))))
  }

  private tell(code: number, { rateClass, countsAlways }: EventClass): void {
    const { kernel } = this.owner
    const price = this.priceOf(rateClass)
    const place = kernel.placeOfPrice(code)
    const head = bytesAt(kernel, place, P.PRICE_BYTES)
    head[0] = kindOf(price)
    head[P.PRICE_ALWAYS_AT] = countsAlways ? 1 : 0
    if (price.from === 'estimated' && price.rate.picoWeights !== undefined)
      doublesAt(kernel, place + P.PRICE_WEIGHTS_AT, BILLED_MEASURES.length).set(price.rate.picoWeights)
    this.prices[code] = price
  }
}

function kindOf(price: EventPrice): number {
  if (price.from === 'unpriced') return P.PRICE_UNKNOWN
  if (price.from === 'logged') return P.PRICE_LOGGED
  return price.rate.picoWeights === undefined ? P.PRICE_ESTIMATED_WIDE : P.PRICE_ESTIMATED
}
