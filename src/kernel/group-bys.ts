// Sets up a kernel for the group-bys of a query.
import type { GroupBy, Query } from '../query/query.ts'
import type { KernelExports } from './exports.ts'
import { padded } from './memory.ts'
import type { KernelGroupBy } from './open-kernel.ts'
import type { KernelSlots } from './places.ts'
import { addPriceColumns } from './prices.ts'
import { ADD_EXTENTS, ADD_SKETCHES, ADD_SUMS } from './protocol.ts'
import type { KernelStreams, Stream } from './streams.ts'
import { KernelSums } from './sums.ts'

export interface KernelGroups {
  readonly groupBys: readonly KernelGroupBy[]
  /** The classes that events are priced by, where they are. */
  readonly priceStream: Stream | undefined
}

/** Adds the streams, sums and sketches that a query asks for. */
export function addGroupBys(
  kernel: KernelExports,
  query: Query,
  slots: KernelSlots,
  streams: KernelStreams,
): KernelGroups {
  const sums = new KernelSums(kernel, slots)
  const bounds = query.cuts.inputBounds.map(bound => {
    const first = bound.inclusive ? Math.ceil(bound.tokens) : Math.floor(bound.tokens) + 1
    return BigInt(Math.max(0, Math.min(first, Number.MAX_SAFE_INTEGER + 1)))
  })
  const boundsPlace = padded(kernel, new Uint8Array(BigUint64Array.from(bounds).buffer))
  const costSlot = slots.fields.get('cost_usd')!
  kernel.setRateParts(costSlot, sums.inputSource, sums.unsplitSource, boundsPlace, bounds.length)
  kernel.setDuration(slots.fields.get('duration_ms')!)
  const priceStream = query.pricing === undefined ? undefined : addPriceColumns(kernel, streams, sums)
  const groupBys = query.groupBys.map(by => {
    const stream = streams.ofGroups(by.keys)
    const set = sums.ofList(by.sums)
    const groups = kernel.makeGroups(set.place, by.hasExtent)
    const sketches = by.hasDurations ? kernel.makeSketches() : 0
    if (by.sums.length > 0) kernel.addAddition(ADD_SUMS, stream.number, groups, 0)
    if (by.hasDurations) kernel.addAddition(ADD_SKETCHES, stream.number, sketches, sketchedSlot(by, slots))
    if (by.hasExtent) kernel.addAddition(ADD_EXTENTS, stream.number, groups, 0)
    return { by, stream, set, groups, sketches, wideCosts: new Map() }
  })
  return { groupBys, priceStream }
}

function sketchedSlot({ sketchOf = 'duration_ms' }: GroupBy, { extras, fields }: KernelSlots): number {
  return extras.get(sketchOf) ?? fields.get(sketchOf)!
}
