// Keeps lines in memory for a moment and appends them in batches, a file at a time. One write is under way at most.
// Memory is bounded: what does not fit is refused, and the caller counts it.
import { appendLinesSync, LineAppender, type NewRights } from './append-lines.ts'
import { FileQueue } from './file-queue.ts'

export interface BatchWriterOptions {
  /** Lines are appended this long after the first of them, or when there are as many as one write should hold. */
  readonly flushMs: number
  /** Bytes of lines kept in memory at most, those being written included. */
  readonly maxBytes: number
  readonly rights: NewRights
  /** Called before a write is begun: adds lines that were not put together yet. */
  readonly addWaiting?: () => void
  /** Called after every append that worked. */
  readonly onWritten: () => void
  readonly onProblem: (problem: unknown) => void
}

const LONGEST_WAIT_MS = 5000
/** A file is not kept open for longer, because pruning waits for those who have it open. */
const LONGEST_OPEN_MS = 500

export class BatchWriter {
  private readonly options: BatchWriterOptions
  private readonly queues = new Map<string, FileQueue>()
  private readonly appender: LineAppender
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
    this.appender = new LineAppender(Math.min(options.flushMs, LONGEST_OPEN_MS), options.rights)
  }

  /** Takes a line for a file; false where there is no room for it. */
  add(path: string, line: string): boolean {
    const queue = this.queueOf(path)
    return this.count(queue, queue.add(line, this.options.maxBytes - this.bufferedBytes))
  }

  /** As `add`, of the first bytes of a buffer, which stays the caller's. */
  addBytes(path: string, line: Buffer, length: number): boolean {
    const queue = this.queueOf(path)
    return this.count(queue, queue.addBytes(line, length, this.options.maxBytes - this.bufferedBytes))
  }

  /** Tries once to write all that is there. Resolves when it is written or has failed. */
  async flush(): Promise<void> {
    await this.running
    this.options.addWaiting?.()
    if (this.queues.size > 0) await this.start()
    // What was said about the first pass, of lines lost before, belongs to it.
    if (this.queues.size > 0 && !this.hasFailed) await this.start()
  }

  /**
   * Writes all that is there at once, without what the system is writing already; returns how many lines are lost. For
   * the end of the process.
   */
  flushNow(): number {
    this.options.addWaiting?.()
    let lost = 0
    for (const [path, queue] of this.queues) {
      if (path === this.writingPath) queue.left = undefined
      let hasFailed = false
      for (let pending = queue.take(); pending !== undefined; pending = queue.take()) {
        const { left, problem } = hasFailed ? { left: pending } : appendLinesSync(path, pending, this.options.rights)
        if (left === undefined) continue
        if (!hasFailed) this.options.onProblem(problem)
        hasFailed = true
        lost += left.bytes.toString('latin1').split('\n').length - 1
      }
    }
    this.queues.clear()
    this.bufferedBytes = 0
    return lost
  }

  private queueOf(path: string): FileQueue {
    let queue = this.queues.get(path)
    if (queue === undefined) {
      queue = new FileQueue()
      this.queues.set(path, queue)
    }
    return queue
  }

  private count(queue: FileQueue, bytes: number): boolean {
    this.bufferedBytes += bytes
    if (queue.isFull && !this.hasFailed) this.start(true)
    else this.schedule()
    return bytes > 0
  }

  /** Sees to it that a write is begun in time. */
  schedule(): void {
    if (this.timer !== undefined || this.running !== undefined) return
    this.timer = setTimeout(() => this.start(), this.waitMs)
    this.timer.unref()
  }

  private start(isUrgent = false): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.running === undefined) this.options.addWaiting?.()
    this.running ??= this.writeBatches(isUrgent).finally(() => {
      this.running = undefined
      this.options.addWaiting?.()
      if (!this.hasFailed && this.hasFullBlock()) this.start(true)
      else if (this.queues.size > 0) this.schedule()
    })
    return this.running
  }

  // Only what is there at the beginning, so that lines that come meanwhile wait for company. Where blocks fill up faster
  // than time passes the file stays open for the next one.
  private async writeBatches(isUrgent: boolean): Promise<void> {
    let isWhole = true
    for (const [path, queue] of [...this.queues]) {
      isWhole = (await this.writeQueue(path, queue)) && isWhole
      if (queue.isEmpty) this.queues.delete(path)
    }
    if (!isUrgent) await this.appender.close()
    this.hasFailed = !isWhole
    this.waitMs = isWhole ? this.options.flushMs : Math.min(this.waitMs * 2, LONGEST_WAIT_MS)
  }

  private async writeQueue(path: string, queue: FileQueue): Promise<boolean> {
    for (let batches = queue.batches; batches > 0; batches--) {
      const pending = queue.take()
      if (pending === undefined) return true
      queue.left = pending
      const { left, problem } = await this.appender.append(path, pending, () => {
        this.writingPath = path
      })
      this.writingPath = undefined
      queue.left = left
      this.bufferedBytes -= pending.bytes.length - (left?.bytes.length ?? 0)
      if (left !== undefined) {
        this.options.onProblem(problem)
        return false
      }
      queue.giveBack(pending.bytes)
      this.options.onWritten()
    }
    return true
  }

  private hasFullBlock(): boolean {
    for (const queue of this.queues.values()) if (queue.isFull) return true
    return false
  }
}
