// The beginning and the end of an answer, copied as it goes by: usage stands in one of them. Bounded for each request.
import { type AnswerUsage, parseAnswerUsage } from './answer-usage.ts'

const MAX_HEAD = 16 * 1024
const MAX_TAIL = 48 * 1024

export class AnswerSample {
  private head: Buffer[] = []
  private headBytes = 0
  private tail: Buffer[] = []
  private tailBytes = 0

  /** Takes a copy of what is needed of a piece; a piece that is neither text nor bytes is left alone. */
  add(piece: unknown, encoding?: unknown): void {
    const bytes =
      typeof piece === 'string'
        ? Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : piece instanceof Uint8Array
          ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
          : undefined
    if (bytes === undefined || bytes.length === 0) return
    const forHead = Math.min(bytes.length, MAX_HEAD - this.headBytes)
    if (forHead > 0) this.head.push(Buffer.from(bytes.subarray(0, forHead)))
    this.headBytes += forHead
    if (forHead < bytes.length) this.addToTail(bytes.subarray(Math.max(forHead, bytes.length - MAX_TAIL)))
  }

  usage(): AnswerUsage | undefined {
    return parseAnswerUsage(Buffer.concat([...this.head, ...this.tail]).toString('utf8'))
  }

  private addToTail(bytes: Buffer): void {
    this.tail.push(Buffer.from(bytes))
    this.tailBytes += bytes.length
    while (this.tailBytes - this.tail[0]!.length >= MAX_TAIL) this.tailBytes -= this.tail.shift()!.length
  }
}
