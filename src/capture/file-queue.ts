// The lines waiting for one file, as bytes, in blocks, each of which is one append. A line is copied into a block at once:
// kept as strings, lines would take several times their size, and time of the garbage collector.
import type { PendingLines } from './append-plan.ts'

/** What one write holds, unless a line is larger. */
const BLOCK_BYTES = 256 * 1024
/** UTF-8 bytes of a UTF-16 unit at most. */
const MAX_UNIT_BYTES = 3

export class FileQueue {
  /** What an append left over; it goes before all else. */
  left: PendingLines | undefined
  private readonly full: Buffer[] = []
  private block: Buffer | undefined
  private used = 0
  private spare: Buffer | undefined

  /** There is a block that no further line goes into. */
  get isFull(): boolean {
    return this.full.length > 0
  }

  get isEmpty(): boolean {
    return this.left === undefined && this.full.length === 0 && this.used === 0
  }

  /** How many appends it takes to write all that is there. */
  get batches(): number {
    return (this.left === undefined ? 0 : 1) + this.full.length + (this.used === 0 ? 0 : 1)
  }

  /** Takes a line and returns how many bytes it has; 0 where that would be more than `room`. */
  add(line: string, room: number): number {
    const most = line.length * MAX_UNIT_BYTES
    if (most > room && Buffer.byteLength(line) > room) return 0
    if (this.block !== undefined && this.block.length - this.used < most) this.endBlock()
    this.block ??= this.openBlock(most)
    const bytes = this.block.write(line, this.used)
    this.used += bytes
    return bytes
  }

  /** As `add`, of the first bytes of a buffer. */
  addBytes(line: Buffer, length: number, room: number): number {
    if (length > room) return 0
    if (this.block !== undefined && this.block.length - this.used < length) this.endBlock()
    this.block ??= this.openBlock(length)
    line.copy(this.block, this.used, 0, length)
    this.used += length
    return length
  }

  /** What is to be written next; it is the caller's then. */
  take(): PendingLines | undefined {
    const { left } = this
    if (left !== undefined) {
      this.left = undefined
      return left
    }
    if (this.full.length === 0 && this.used > 0) this.endBlock()
    const bytes = this.full.shift()
    return bytes === undefined ? undefined : { bytes, torn: 0 }
  }

  /** Lets the memory of lines that are written be used again. */
  giveBack(bytes: Buffer): void {
    if (bytes.byteOffset === 0 && bytes.buffer.byteLength === BLOCK_BYTES) this.spare = Buffer.from(bytes.buffer)
  }

  private endBlock(): void {
    if (this.block !== undefined) this.full.push(this.block.subarray(0, this.used))
    this.block = undefined
    this.used = 0
  }

  private openBlock(atLeast: number): Buffer {
    const { spare } = this
    this.spare = undefined
    if (spare !== undefined && atLeast <= BLOCK_BYTES) return spare
    return Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, atLeast))
  }
}
