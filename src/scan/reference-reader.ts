// The reference reader: reads each line with JSON.parse. It is plain, uses constant memory, and defines what every other
// reader must return.
import { BatchBuilder } from './batch-builder.ts'
import { LineCutter } from './line-cutter.ts'
import { readBytes } from './read-bytes.ts'
import type { BatchSink, Part, Reader, ReaderOptions, ScanPlan } from './reader.ts'

const ROWS_PER_BATCH = 1024
const NO_BYTES = new Uint8Array(0)

export class ReferenceReader implements Reader {
  private readonly plan: ScanPlan
  private readonly sink: BatchSink
  private readonly options: ReaderOptions
  private readonly builder: BatchBuilder
  private readonly cutter: LineCutter
  private part: Part = { hasFileDay: false, isFirst: true }

  constructor(plan: ScanPlan, sink: BatchSink, options: ReaderOptions = {}) {
    this.plan = plan
    this.sink = sink
    this.options = options
    this.builder = new BatchBuilder(plan, ROWS_PER_BATCH)
    this.cutter = new LineCutter(
      {
        line: (bytes, number, hasNewline) => this.readLine(bytes, number, hasNewline),
        tooLong: line => this.rejectLongLine(line),
      },
      options.blockBytes,
    )
  }

  begin(part: Part): void {
    this.part = part
    this.cutter.begin()
  }

  space(): Uint8Array {
    return this.cutter.space()
  }

  advance(byteCount: number): void {
    this.cutter.advance(byteCount)
  }

  end(): number {
    const lines = this.cutter.end()
    this.flush()
    return lines
  }

  // Nobody knows whose it is.
  private rejectLongLine(line: number): void {
    if (this.plan.scope === undefined) this.builder.addReject({ line, reason: 'too-long', bytes: NO_BYTES })
  }

  private readLine(bytes: Buffer, number: number, hasNewline: boolean): void {
    const line = readBytes(bytes, this.plan, this.part, hasNewline)
    if (line === undefined) return
    const { raw, result } = line
    if (result.kind === 'event') this.builder.addEvent(number, raw, result.values)
    else if (result.kind === 'skipped') this.builder.addSkipped(number, raw)
    else {
      const kept = this.options.keepsRejectedLines === true ? Uint8Array.from(bytes) : NO_BYTES
      this.builder.addReject({ line: number, reason: result.reason, wrong: result.wrong, bytes: kept })
    }
    if (this.builder.isFull) this.flush()
  }

  private flush(): void {
    if (this.builder.isEmpty) return
    this.sink(this.builder.batch)
    this.builder.clear()
  }
}
