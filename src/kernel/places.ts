// Tells a kernel which values of a line are wanted: a slot for each field, and the places in a line that fill it.
import type { FieldSource, Path } from '../event/field-source.ts'
import { FIELD_BY_NAME, type FieldKind, isMark, MARKS } from '../event/fields.ts'
import { formatPath, placesOf, type SourceFormat } from '../event/source-format.ts'
import type { ExtraColumn } from '../query/query.ts'
import type { ScanPlan } from '../scan/reader.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, padded } from './memory.ts'
import * as P from './protocol.ts'

/** The kinds of slots that hold fields of some kind. */
const SLOT_KINDS: Readonly<Record<FieldKind, number>> = {
  time: P.SLOT_TIME,
  text: P.SLOT_TEXT,
  error: P.SLOT_ERROR,
  tokens: P.SLOT_TOKENS,
  entries: P.SLOT_ENTRIES,
  duration: P.SLOT_DURATION,
  cost: P.SLOT_COST,
}

const PLACE_MAX = 400
const KEY_MAX = 200

/** Where the values of a plan are in a kernel. */
export interface KernelSlots {
  readonly fields: ReadonlyMap<string, number>
  readonly extras: ReadonlyMap<string, number>
  /** One for each skip rule of the format. */
  readonly skips: readonly number[]
  /** Adds the places below one at which a usage object may begin, once a log has an object there. */
  learnPlaces(place: number): void
}

/** Whether a kernel can read a plan; what it cannot is for the reference reader. */
export function canScan(plan: ScanPlan): boolean {
  const { format, extras } = plan
  if (format.plain !== undefined)
    return new Set([...format.fields.keys(), ...plan.columns]).size + extras.length + 2 <= P.SLOTS_MAX
  const paths = [
    ...[...format.fields.values()].flat().map(source => source.path),
    ...extras.flatMap(extra => pathsOf(extra, format)),
    ...format.skip.map(rule => rule.path),
    ...format.id,
  ]
  const names = [...format.fields.keys(), ...plan.columns]
  const slotCount = new Set(names).size + extras.length + format.skip.length + format.id.length + 2
  return (
    slotCount <= P.SLOTS_MAX &&
    paths.reduce((sum, path) => sum + path.length, 0) <= PLACE_MAX &&
    paths.every(path => path.length > 0 && path.every(key => key !== '' && Buffer.byteLength(key) <= KEY_MAX)) &&
    !extras.some(extra => FIELD_BY_NAME.has(extra.name)) &&
    // An id that is joined from several values is no value of the line.
    !(format.id.length > 0 && extras.some(extra => extra.path === null)) &&
    [...format.fields.values()].every(sources => sources.length <= 200)
  )
}

/** Adds the slots and places of a plan. Texts of fields in `unread` are only noted, not kept. */
export function addSlots(kernel: KernelExports, plan: ScanPlan, unread: ReadonlySet<string>): KernelSlots {
  const { format } = plan
  const columns = new Set(plan.columns.filter(name => !unread.has(name)))
  const fields = new Map<string, number>()
  const places = new Places(kernel)
  for (const name of new Set(['timestamp', ...MARKS, ...format.fields.keys(), 'cost_usd', ...plan.columns])) {
    const kind = kindOf(name, plan)
    const isText = kind === P.SLOT_TEXT || kind === P.SLOT_ERROR
    const slot = kernel.addSlot(kind, !isText || columns.has(name))
    fields.set(name, slot)
    // What only the plain reader can read has no places in the kernel.
    const sources = format.plain === undefined ? (format.fields.get(name) ?? []) : []
    sources.forEach((source, index) => {
      addSource(kernel, places, fields, name, source, index)
    })
    const constant = format.constants.get(name)
    if (constant !== undefined && isText) {
      const code = columns.has(name) ? internOne(kernel, kernel.tableOf(slot), constant) : 1
      kernel.setConstant(slot, code)
    }
  }
  const usage = new UsagePlaces(kernel, places, format, fields)
  const extras = new Map<string, number>()
  for (const extra of plan.extras) {
    const slot = kernel.addSlot(extra.kind === 'text' ? P.SLOT_EXTRA_TEXT : P.SLOT_EXTRA_NUMBER, true)
    extras.set(extra.name, slot)
    if (format.plain !== undefined) continue
    pathsOf(extra, format).forEach((path, index) => {
      kernel.addTarget(places.of(path), slot, index, extra.scale, P.NONE)
    })
  }
  if (format.plain !== undefined) return { fields, extras, skips: [], learnPlaces: () => undefined }
  const skips = format.skip.map(rule => {
    const slot = kernel.addSlot(P.SLOT_SKIP_TEST, true)
    kernel.addTarget(places.of(rule.path), slot, 0, 1, P.NONE)
    return slot
  })
  if (plan.wantsIds) {
    for (const path of format.id) kernel.addTarget(places.of(path), kernel.addSlot(P.SLOT_ID_PART, true), 0, 1, P.NONE)
  }
  return { fields, extras, skips, learnPlaces: place => usage.learn(place) }
}

// The winning one first.
function pathsOf({ path }: ExtraColumn, { fields }: SourceFormat): readonly Path[] {
  return path !== null ? [path] : (fields.get('id') ?? []).map(source => source.path)
}

// Most logs have no usage objects, and the places in them are many: they are added when they are met.
class UsagePlaces {
  private readonly kernel: KernelExports
  private readonly places: Places
  private readonly format: SourceFormat
  private readonly slots: ReadonlyMap<string, number>
  private readonly starts = new Map<number, string>()

  constructor(kernel: KernelExports, places: Places, format: SourceFormat, slots: ReadonlyMap<string, number>) {
    this.kernel = kernel
    this.places = places
    this.format = format
    this.slots = slots
    for (const [start] of format.usage.places) {
      const place = places.of([start!])
      this.starts.set(place, start!)
      kernel.addLatePlaces(place, places.numberOf(place))
    }
  }

  learn(place: number): void {
    const start = this.starts.get(place)
    for (const field of this.format.usage.fields.keys()) {
      placesOf(this.format, field).forEach((source, index) => {
        if (source.path.length > 1 && source.path[0] === start)
          addSource(this.kernel, this.places, this.slots, field, source, index)
      })
    }
  }
}

// An id that is joined from other values is not read from the field `id`, which is then a text like others.
function kindOf(name: string, plan: ScanPlan): number {
  if (isMark(name)) return P.SLOT_MARK
  if (name === 'id') return plan.format.id.length > 0 ? P.SLOT_TEXT : P.SLOT_ID
  const kind: FieldKind = FIELD_BY_NAME.get(name)?.kind ?? 'text'
  return SLOT_KINDS[kind]
}

function internOne(kernel: KernelExports, table: number, text: string): number {
  const bytes = Buffer.from(text)
  const place = padded(kernel, bytes)
  return kernel.internText(table, place, bytes.length)
}

function addSource(
  kernel: KernelExports,
  places: Places,
  slots: ReadonlyMap<string, number>,
  field: string,
  { path, factor, mark }: FieldSource,
  index: number,
): void {
  const markSlot = mark === undefined ? P.NONE : slots.get(mark)!
  kernel.addTarget(places.of(path), slots.get(field)!, index, factor, markSlot)
}

// The tree of keys, with a number for every place that has others below it.
class Places {
  private readonly kernel: KernelExports
  private readonly places = new Map<string, number>()
  private readonly inner = new Map<number, number>()
  private readonly key: number

  constructor(kernel: KernelExports) {
    this.kernel = kernel
    this.key = kernel.allocate(KEY_MAX)
  }

  of(path: Path): number {
    if (path.length === 0) return 0
    const name = formatPath(path)
    const place = this.places.get(name) ?? this.add(this.of(path.slice(0, -1)), path.at(-1)!)
    this.places.set(name, place)
    return place
  }

  private add(parent: number, key: string): number {
    const bytes = Buffer.from(key)
    bytesAt(this.kernel, this.key, bytes.length).set(bytes)
    return this.kernel.addPlace(parent, this.key, bytes.length, this.numberOf(parent))
  }

  /** The number of a place that has others below it. */
  numberOf(place: number): number {
    const number = this.inner.get(place) ?? this.inner.size
    if (place !== 0) this.inner.set(place, number)
    return number
  }
}
