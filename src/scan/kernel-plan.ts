// Tells a kernel which values of a line are wanted: a slot for each field, and the places in a line that fill it.
import { FIELD_BY_NAME, type FieldKind } from '../event/fields.ts'
import type { Path } from '../event/source-format.ts'
import type { KernelExports } from './kernel-exports.ts'
import { padded } from './kernel-memory.ts'
import type { ScanPlan } from './reader.ts'

/** Kinds of slots, as in assembly/rows.ts. */
export const SLOT_KINDS = {
  time: 0,
  text: 1,
  error: 2,
  tokens: 3,
  entries: 4,
  duration: 5,
  cost: 6,
  extraText: 7,
  extraNumber: 8,
  id: 9,
  idPart: 10,
  skipTest: 11,
} as const

const SLOT_MAX = 64
const INNER_MAX = 32
const PLACE_MAX = 400

/** Where the values of a plan are in a kernel. */
export interface KernelSlots {
  readonly fields: ReadonlyMap<string, number>
  readonly extras: ReadonlyMap<string, number>
  /** One for each skip rule of the format. */
  readonly skips: readonly number[]
}

/** Whether a kernel can read a plan; what it cannot is for the reference reader. */
export function canScan(plan: ScanPlan): boolean {
  const { format, extras } = plan
  const paths = [
    ...[...format.fields.values()].flat().map(source => source.path),
    ...extras.map(extra => extra.path),
    ...format.skip.map(rule => rule.path),
    ...format.id,
  ]
  const names = [...format.fields.keys(), ...plan.columns]
  const slotCount = new Set(names).size + extras.length + format.skip.length + format.id.length + 2
  const inner = new Set(paths.flatMap(path => path.slice(0, -1).map((_, index) => path.slice(0, index + 1).join('\n'))))
  return (
    slotCount <= SLOT_MAX &&
    inner.size <= INNER_MAX &&
    paths.reduce((sum, path) => sum + path.length, 0) <= PLACE_MAX &&
    paths.every(path => path.length > 0 && path.every(key => key !== '' && Buffer.byteLength(key) <= 200)) &&
    !extras.some(extra => FIELD_BY_NAME.has(extra.name)) &&
    [...format.fields.values()].every(sources => sources.length <= 200)
  )
}

/** Adds the slots and places of a plan. Texts of fields in `unread` are only noted, not kept. */
export function addSlots(kernel: KernelExports, plan: ScanPlan, unread: ReadonlySet<string>): KernelSlots {
  const { format } = plan
  const columns = new Set(plan.columns.filter(name => !unread.has(name)))
  const fields = new Map<string, number>()
  const places = new Places(kernel)
  for (const name of new Set(['timestamp', ...format.fields.keys(), 'cost_usd', ...plan.columns])) {
    const kind = kindOf(name, plan)
    const isText = kind === SLOT_KINDS.text || kind === SLOT_KINDS.error
    const slot = kernel.addSlot(kind, !isText || columns.has(name))
    fields.set(name, slot)
    const sources = format.fields.get(name) ?? []
    sources.forEach((source, index) => {
      kernel.addTarget(places.of(source.path), slot, index, source.factor)
    })
    const constant = format.constants.get(name)
    if (constant !== undefined && isText) {
      const code = columns.has(name) ? internOne(kernel, kernel.tableOf(slot), constant) : 1
      kernel.setConstant(slot, code)
    }
  }
  const extras = new Map<string, number>()
  for (const extra of plan.extras) {
    const slot = kernel.addSlot(extra.kind === 'text' ? SLOT_KINDS.extraText : SLOT_KINDS.extraNumber, true)
    extras.set(extra.name, slot)
    kernel.addTarget(places.of(extra.path), slot, 0, extra.scale)
  }
  const skips = format.skip.map(rule => {
    const slot = kernel.addSlot(SLOT_KINDS.skipTest, true)
    kernel.addTarget(places.of(rule.path), slot, 0, 1)
    return slot
  })
  if (plan.wantsIds) {
    for (const path of format.id) kernel.addTarget(places.of(path), kernel.addSlot(SLOT_KINDS.idPart, true), 0, 1)
  }
  return { fields, extras, skips }
}

// An id that is joined from other values is not read from the field `id`, which is then a text like others.
function kindOf(name: string, plan: ScanPlan): number {
  if (name === 'id') return plan.format.id.length > 0 ? SLOT_KINDS.text : SLOT_KINDS.id
  const kind: FieldKind = FIELD_BY_NAME.get(name)?.kind ?? 'text'
  return SLOT_KINDS[kind]
}

function internOne(kernel: KernelExports, table: number, text: string): number {
  const bytes = Buffer.from(text)
  const place = padded(kernel, bytes)
  return kernel.internText(table, place, bytes.length)
}

// The tree of keys, with a bit for every place that has others below it.
class Places {
  private readonly kernel: KernelExports
  private readonly inner = new Map<number, number>()

  constructor(kernel: KernelExports) {
    this.kernel = kernel
  }

  of(path: Path): number {
    let place = 0
    for (const key of path) {
      const bytes = Buffer.from(key)
      place = this.kernel.addPlace(place, padded(this.kernel, bytes), bytes.length, this.bitOf(place))
    }
    return place
  }

  private bitOf(place: number): number {
    if (place === 0) return 0
    const bit = this.inner.get(place) ?? 2 ** this.inner.size
    this.inner.set(place, bit)
    return bit
  }
}
