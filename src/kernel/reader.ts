// The fast reader: puts bytes into a kernel, which turns them into rows, and reads the lines that the kernel cannot read with
// the reference. Returns blocks of rows, in the order of the lines.
import type { Decimal } from '../base/decimal.ts'
import { isMark } from '../event/fields.ts'
import { costUnitsOf } from '../scan/cost-units.ts'
import { fingerprint } from '../scan/fingerprint.ts'
import { isTooLong, readBytes } from '../scan/read-bytes.ts'
import type { LineValues } from '../scan/read-line.ts'
import {
  kindOfTime,
  LONGEST_LINE_BYTES,
  type Part,
  type Reader,
  type ReaderOptions,
  type Reject,
  type ScanPlan,
} from '../scan/reader.ts'
import type { KernelExports } from './exports.ts'
import { bytesAt, wordsAt } from './memory.ts'
import type { KernelSlots } from './places.ts'
import { ROWS_MAX, SCAN_DONE, SCAN_IS_FULL, SCAN_NEEDS_REFERENCE, TIME_SKIPPED } from './protocol.ts'

// Blocks and the rows made of them stay in a processor's second cache: 256 KiB and 1,024 rows are 3 % faster than twice as much.
const BLOCK_BYTES = 256 * 1024
/** Bytes behind the buffer that the kernel may read. */
const SLACK = 128
const NEWLINE = 10
const NO_BYTES = new Uint8Array(0)

/** What is beside the rows in the kernel. */
export interface BlockExtras {
  readonly rejects: readonly Reject[]
  /** Costs that are no whole number of 10^-12 dollars, by row. */
  readonly wideCosts: ReadonlyMap<number, Decimal>
  /** As in a Batch. */
  readonly undecided: number
}

/** The rows are in the kernel, and are gone after the call. */
export type BlockSink = (extras: BlockExtras) => void

export class KernelReader implements Reader {
  private readonly kernel: KernelExports
  private readonly plan: ScanPlan
  private readonly slots: KernelSlots
  private readonly sink: BlockSink
  private readonly options: ReaderOptions
  private buffer: number
  private capacity: number
  private filled = 0
  private part: Part = { hasFileDay: false, isFirst: true }
  private isInLongLine = false
  private rejects: Reject[] = []
  private wideCosts = new Map<number, Decimal>()
  private undecided = 0
  private scratch = { place: 0, size: 0 }

  constructor(kernel: KernelExports, plan: ScanPlan, slots: KernelSlots, sink: BlockSink, options: ReaderOptions = {}) {
    this.kernel = kernel
    this.plan = plan
    this.slots = slots
    this.sink = sink
    this.options = options
    // With the bytes behind it, a power of two.
    this.capacity = Math.max(2 * (options.blockBytes ?? BLOCK_BYTES), 2 * SLACK) - SLACK
    this.buffer = kernel.allocate(this.capacity + SLACK) >>> 0
  }

  begin(part: Part): void {
    this.part = part
    this.filled = 0
    this.isInLongLine = false
    this.kernel.beginPart(part.hasFileDay)
  }

  space(): Uint8Array {
    const blockBytes = this.options.blockBytes ?? BLOCK_BYTES
    if (this.capacity - this.filled < blockBytes) this.growBuffer()
    return bytesAt(this.kernel, this.buffer + this.filled, blockBytes)
  }

  advance(byteCount: number): void {
    const { kernel, buffer } = this
    const before = buffer + this.filled
    this.filled += byteCount
    const end = kernel.behindLastLine(before, buffer + this.filled) >>> 0
    if (end > before) {
      this.scanLines(end, true)
      const left = buffer + this.filled - end
      if (left > 0) new Uint8Array(kernel.memory.buffer).copyWithin(buffer, end, end + left)
      this.filled = left
    }
    if (this.filled > LONGEST_LINE_BYTES + 1) {
      // Only that the line goes on is still of interest.
      this.isInLongLine = true
      this.filled = 0
    }
  }

  end(): number {
    if (this.isInLongLine) this.endLongLine()
    else if (this.filled > 0) {
      const end = this.buffer + this.filled
      bytesAt(this.kernel, end, 1)[0] = NEWLINE
      this.scanLines(end + 1, false)
    }
    this.flush()
    this.filled = 0
    return this.kernel.lineNumber.value
  }

  // Only the first line can be longer than a block.
  private scanLines(end: number, hasNewline: boolean): void {
    const { kernel, buffer } = this
    let start = buffer
    if (this.isInLongLine || end - start > LONGEST_LINE_BYTES) {
      const lineEnd = kernel.endOfLine(start) >>> 0
      if (this.isInLongLine || isTooLong(lineEnd - start, bytesAt(kernel, lineEnd - 1, 1)[0]!)) {
        this.endLongLine()
        start = lineEnd + 1
      }
    }
    if (this.plan.format.plain !== undefined) {
      this.readPlainly(start, end, hasNewline)
      return
    }
    let outcome = kernel.scan(start, end)
    while (outcome !== SCAN_DONE) {
      if (outcome === SCAN_IS_FULL) this.flush()
      else if (outcome === SCAN_NEEDS_REFERENCE)
        this.readLine(kernel.lineStart.value >>> 0, kernel.lineEnd.value >>> 0, kernel.lineNumber.value, hasNewline)
      outcome = kernel.scan(kernel.cursor.value, end)
    }
    this.flush()
  }

  // Of a format that the kernel cannot read: it only keeps the rows.
  private readPlainly(start: number, end: number, hasNewline: boolean): void {
    const { kernel } = this
    for (let at = start; at < end; ) {
      const lineEnd = kernel.endOfLine(at) >>> 0
      this.readLine(at, lineEnd, kernel.countLine(), hasNewline)
      if (kernel.rows.value === ROWS_MAX) this.flush()
      at = lineEnd + 1
    }
    this.flush()
  }

  private endLongLine(): void {
    this.isInLongLine = false
    const line = this.kernel.countLine()
    // Nobody knows whose it is.
    if (this.plan.scope === undefined) this.rejects.push({ line, reason: 'too-long', bytes: NO_BYTES })
  }

  private readLine(start: number, end: number, line: number, hasNewline: boolean): void {
    const { kernel } = this
    const bytes = bytesAt(kernel, start, end - start)
    const read = readBytes(bytes, this.plan, this.part, hasNewline)
    if (read === undefined) return
    const { result } = read
    if (result.kind === 'event') this.addRow(line, start, result.values)
    else if (result.kind === 'skipped') kernel.addHostRow(line, start, TIME_SKIPPED, 0, 0, 0)
    else {
      const kept = this.options.keepsRejectedLines === true ? Uint8Array.from(bytes) : NO_BYTES
      this.rejects.push({ line, reason: result.reason, wrong: result.wrong, bytes: kept })
    }
  }

  private addRow(line: number, start: number, values: LineValues): void {
    const { kernel } = this
    const seen = [0, 0]
    const note = (slot: number) => {
      seen[slot >> 5]! |= 1 << (slot & 31)
    }
    for (const [name, text] of values.texts) {
      const slot = this.slotOf(name)
      if (slot === undefined) continue
      note(slot)
      const table = kernel.tableOf(slot)
      if (table !== 0) kernel.putCode(slot, this.intern(table, text))
    }
    for (const [name, number] of values.numbers) {
      const slot = this.slotOf(name)
      if (slot === undefined) continue
      note(slot)
      if (!isMark(name)) kernel.putNumber(slot, number)
    }
    if (values.cost !== undefined) {
      const slot = this.slots.fields.get('cost_usd')!
      const units = costUnitsOf(values.cost)
      note(slot)
      kernel.putNumber(slot, units ?? 0)
      if (units === undefined) this.wideCosts.set(kernel.rows.value, values.cost)
    }
    if (this.plan.wantsIds && values.id !== undefined) {
      const bytes = Buffer.from(values.id)
      fingerprint(bytes, 0, bytes.length, wordsAt(kernel, kernel.idPlace(), 4), 0)
    }
    if (values.isUndecided === true) this.undecided++
    const { time } = values
    kernel.addHostRow(line, start, kindOfTime(time), seen[0]!, seen[1]!, time?.ms ?? 0)
  }

  private slotOf(name: string): number | undefined {
    return this.slots.fields.get(name) ?? this.slots.extras.get(name)
  }

  private intern(table: number, text: string): number {
    const { kernel, scratch } = this
    const bytes = Buffer.from(text)
    if (bytes.length + SLACK > scratch.size) {
      if (scratch.size > 0) kernel.release(scratch.place, scratch.size)
      scratch.size = 2 * (bytes.length + SLACK)
      scratch.place = kernel.allocate(scratch.size)
    }
    bytesAt(kernel, scratch.place, bytes.length).set(bytes)
    return kernel.internText(table, scratch.place, bytes.length)
  }

  private flush(): void {
    if (this.kernel.rows.value === 0 && this.rejects.length === 0) return
    this.sink({ rejects: this.rejects, wideCosts: this.wideCosts, undecided: this.undecided })
    this.kernel.clearRows()
    this.undecided = 0
    if (this.rejects.length > 0) this.rejects = []
    if (this.wideCosts.size > 0) this.wideCosts = new Map()
  }

  private growBuffer(): void {
    const { kernel } = this
    const capacity = this.capacity * 2 + SLACK
    const buffer = kernel.allocate(capacity + SLACK) >>> 0
    new Uint8Array(kernel.memory.buffer).copyWithin(buffer, this.buffer, this.buffer + this.filled)
    kernel.release(this.buffer, this.capacity + SLACK)
    this.buffer = buffer
    this.capacity = capacity
  }
}
