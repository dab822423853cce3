// The reference reader: cuts bytes into lines and reads each with JSON.parse. Plain, in constant memory, and the definition
// of what every other reader must give.
import { BatchBuilder } from './batch-builder.ts'
import { isTooLong, readBytes } from './read-bytes.ts'
import {
  type BatchSink,
  LONGEST_LINE_BYTES,
  type Part,
  type Reader,
  type ReaderOptions,
  type ScanPlan,
} from './reader.ts'

const ROWS_PER_BATCH = 1024
const BLOCK_BYTES = 256 * 1024
const NEWLINE = 10
const NO_BYTES = new Uint8Array(0)

export class ReferenceReader implements Reader {
  private readonly plan: ScanPlan
  private readonly sink: BatchSink
  private readonly options: ReaderOptions
  private readonly builder: BatchBuilder
  private buffer: Buffer
  /** Bytes in the buffer; those before `scanned` hold no newline. */
  private filled = 0
  private scanned = 0
  private lineNumber = 0
  private isInLongLine = false
  private part: Part = { hasFileDay: false, isFirst: true }

  constructor(plan: ScanPlan, sink: BatchSink, options: ReaderOptions = {}) {
    this.plan = plan
    this.sink = sink
    this.options = options
    this.builder = new BatchBuilder(plan, ROWS_PER_BATCH)
    this.buffer = Buffer.allocUnsafe(options.blockBytes ?? BLOCK_BYTES)
  }

  begin(part: Part): void {
    this.part = part
    this.filled = 0
    this.scanned = 0
    this.lineNumber = 0
    this.isInLongLine = false
  }

  space(): Uint8Array {
    if (this.filled === this.buffer.length) {
      const larger = Buffer.allocUnsafe(this.buffer.length * 2)
      this.buffer.copy(larger, 0, 0, this.filled)
      this.buffer = larger
    }
    return this.buffer.subarray(this.filled, this.filled + (this.options.blockBytes ?? this.buffer.length))
  }

  advance(byteCount: number): void {
    this.filled += byteCount
    let start = 0
    for (;;) {
      const from = Math.max(start, this.scanned)
      const newline = from < this.filled ? this.buffer.subarray(0, this.filled).indexOf(NEWLINE, from) : -1
      if (newline === -1) break
      if (this.isInLongLine) this.endLongLine()
      else this.readLine(start, newline, true)
      start = newline + 1
      this.scanned = start
    }
    this.buffer.copy(this.buffer, 0, start, this.filled)
    this.filled -= start
    this.scanned = this.filled
    if (this.filled > LONGEST_LINE_BYTES + 1) {
      // Only that the line goes on is still of interest.
      this.isInLongLine = true
      this.filled = 0
      this.scanned = 0
    }
  }

  end(): number {
    if (this.isInLongLine) this.endLongLine()
    else if (this.filled > 0) this.readLine(0, this.filled, false)
    this.flush()
    return this.lineNumber
  }

  private endLongLine(): void {
    this.isInLongLine = false
    this.lineNumber++
    this.rejectLongLine()
  }

  // Nobody knows whose it is.
  private rejectLongLine(): void {
    if (this.plan.scope !== undefined) return
    this.builder.addReject({ line: this.lineNumber, reason: 'too-long', bytes: NO_BYTES })
  }

  private readLine(start: number, end: number, hasNewline: boolean): void {
    this.lineNumber++
    if (isTooLong(end - start, this.buffer[end - 1]!)) {
      this.rejectLongLine()
      return
    }
    const bytes = this.buffer.subarray(start, end)
    const line = readBytes(bytes, this.plan, this.part.hasFileDay, hasNewline)
    if (line === undefined) return
    const { raw, result } = line
    if (result.kind === 'event') this.builder.addEvent(this.lineNumber, raw, result.values)
    else if (result.kind === 'skipped') this.builder.addSkipped(this.lineNumber, raw)
    else {
      const kept = this.options.keepsRejectedLines === true ? Uint8Array.from(bytes) : NO_BYTES
      this.builder.addReject({ line: this.lineNumber, reason: result.reason, wrong: result.wrong, bytes: kept })
    }
    if (this.builder.isFull) this.flush()
  }

  private flush(): void {
    if (this.builder.isEmpty) return
    this.sink(this.builder.batch)
    this.builder.clear()
  }
}
