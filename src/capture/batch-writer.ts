// Keeps lines in memory for a moment and appends them in batches, a file at a time. One write is under way at most.
// Memory is bounded: what does not fit is refused, and the caller counts it.
import { type AppendResult, appendLines, appendLinesSync } from './append-lines.ts'
import type { PendingLines } from './append-plan.ts'

export interface BatchWriterOptions {
  /** Lines are appended this long after the first of them, or when `batchBytes` are there. */
  readonly flushMs: number
  readonly batchBytes: number
  /** Bytes of lines kept in memory at most, those being written included. */
  readonly maxBytes: number
  /** Called after every append that worked. */
  readonly onWritten: () => void
  readonly onProblem: (problem: unknown) => void
}

interface FileQueue {
  /** What an append left over; it is written before all else. */
  left: PendingLines | undefined
  lines: string[]
  bytes: number
}

const LONGEST_WAIT_MS = 5000

export class BatchWriter {
  private readonly options: BatchWriterOptions
  private readonly queues = new Map<string, FileQueue>()
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  /** The file whose write the system has begun and not yet answered. */
  private writingPath: string | undefined
  private waitMs: number
  private hasFailed = false
  bufferedBytes = 0

  constructor(options: BatchWriterOptions) {
    this.options = options
    this.waitMs = options.flushMs
  }

  /** Takes a line for a file; false where there is no room for it. */
  add(path: string, line: string): boolean {
    const bytes = Buffer.byteLength(line)
    if (this.bufferedBytes + bytes > this.options.maxBytes) return false
    let queue = this.queues.get(path)
    if (queue === undefined) {
      queue = { left: undefined, lines: [], bytes: 0 }
      this.queues.set(path, queue)
    }
    queue.lines.push(line)
    queue.bytes += bytes
    this.bufferedBytes += bytes
    if (queue.bytes >= this.options.batchBytes && !this.hasFailed) this.start()
    else this.schedule()
    return true
  }

  /** Tries to write all that is there, once. Resolves when it is written or has failed. */
  async flush(): Promise<void> {
    await this.running
    if (this.queues.size > 0) await this.start()
  }

  /** Writes all that is there at once, without what the system is writing already. For the end of the process. */
  flushNow(): void {
    for (const [path, queue] of this.queues) {
      if (path === this.writingPath) queue.left = undefined
      for (let pending = takeBatch(queue); pending !== undefined; pending = takeBatch(queue)) {
        const { left, problem } = appendLinesSync(path, pending)
        queue.left = left
        if (left === undefined) continue
        this.options.onProblem(problem)
        break
      }
    }
    this.queues.clear()
    this.bufferedBytes = 0
  }

  private schedule(): void {
    if (this.timer !== undefined || this.running !== undefined) return
    this.timer = setTimeout(() => this.start(), this.waitMs)
    this.timer.unref()
  }

  private start(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.running ??= this.writeAll().finally(() => {
      this.running = undefined
      if (this.queues.size > 0) this.schedule()
    })
    return this.running
  }

  private async writeAll(): Promise<void> {
    let isWhole = true
    for (const [path, queue] of this.queues) {
      const result = await this.writeQueue(path, queue)
      if (result.left === undefined) continue
      isWhole = false
      this.options.onProblem(result.problem)
    }
    this.hasFailed = !isWhole
    this.waitMs = isWhole ? this.options.flushMs : Math.min(this.waitMs * 2, LONGEST_WAIT_MS)
  }

  // Ends when the queue is empty or a write fails, so that one file cannot keep the others waiting.
  private async writeQueue(path: string, queue: FileQueue): Promise<AppendResult> {
    for (let pending = takeBatch(queue); pending !== undefined; pending = takeBatch(queue)) {
      queue.left = pending
      const result = await appendLines(path, pending, () => {
        this.writingPath = path
      })
      this.writingPath = undefined
      queue.left = result.left
      this.bufferedBytes -= pending.bytes.length - (result.left?.bytes.length ?? 0)
      if (result.left !== undefined) return result
      this.options.onWritten()
    }
    this.queues.delete(path)
    return { left: undefined, problem: undefined }
  }
}

function takeBatch(queue: FileQueue): PendingLines | undefined {
  if (queue.left !== undefined) return queue.left
  if (queue.lines.length === 0) return undefined
  const bytes = Buffer.from(queue.lines.join(''))
  queue.lines = []
  queue.bytes = 0
  return { bytes, torn: 0 }
}
