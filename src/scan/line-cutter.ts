// Cuts bytes into lines, in constant memory however many lines there are.
import { isTooLong } from './read-bytes.ts'
import { LONGEST_LINE_BYTES } from './reader.ts'

const BLOCK_BYTES = 256 * 1024
const NEWLINE = 10

export interface LineSink {
  /** A line without its newline; its bytes are valid only during the call. The last one may have none. */
  line(bytes: Buffer, number: number, hasNewline: boolean): void
  tooLong(number: number): void
}

export class LineCutter {
  private readonly sink: LineSink
  private readonly blockBytes: number | undefined
  private buffer: Buffer
  /** Bytes in the buffer; those before `scanned` hold no newline. */
  private filled = 0
  private scanned = 0
  private lineNumber = 0
  private isInLongLine = false

  /** `blockBytes` are the most that `space` offers. */
  constructor(sink: LineSink, blockBytes?: number) {
    this.sink = sink
    this.blockBytes = blockBytes
    this.buffer = Buffer.allocUnsafe(blockBytes ?? BLOCK_BYTES)
  }

  begin(): void {
    this.filled = 0
    this.scanned = 0
    this.lineNumber = 0
    this.isInLongLine = false
  }

  /** Where the next bytes go. */
  space(): Uint8Array {
    if (this.filled === this.buffer.length) {
      const larger = Buffer.allocUnsafe(this.buffer.length * 2)
      this.buffer.copy(larger, 0, 0, this.filled)
      this.buffer = larger
    }
    return this.buffer.subarray(this.filled, this.filled + (this.blockBytes ?? this.buffer.length))
  }

  advance(byteCount: number): void {
    this.filled += byteCount
    let start = 0
    for (;;) {
      const from = Math.max(start, this.scanned)
      const newline = from < this.filled ? this.buffer.subarray(0, this.filled).indexOf(NEWLINE, from) : -1
      if (newline === -1) break
      if (this.isInLongLine) this.endLongLine()
      else this.endLine(start, newline, true)
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

  /** No more bytes: what is left is the last line. Returns how many lines there were. */
  end(): number {
    if (this.isInLongLine) this.endLongLine()
    else if (this.filled > 0) this.endLine(0, this.filled, false)
    return this.lineNumber
  }

  private endLongLine(): void {
    this.isInLongLine = false
    this.sink.tooLong(++this.lineNumber)
  }

  private endLine(start: number, end: number, hasNewline: boolean): void {
    const number = ++this.lineNumber
    if (isTooLong(end - start, this.buffer[end - 1]!)) this.sink.tooLong(number)
    else this.sink.line(this.buffer.subarray(start, end), number, hasNewline)
  }
}
