// Writes events of any kind to their daily files, and counts what it could not keep. Nothing here throws or rejects.
import { join } from 'node:path'
import type { LoggedKind } from '../event/kind-fields.ts'
import { atExit } from './at-exit.ts'
import { BatchWriter } from './batch-writer.ts'
import { type EventFields, type FieldWriter, fieldWriter, type LineWriter, lineEnd, lineWriter } from './event-line.ts'
import { readInstant } from './field-text.ts'
import type { LogSettings } from './log-options.ts'
import { addressWriter, pseudonymizer } from './privacy.ts'
import { isPromised } from './promised.ts'
import { type RequestCore, RequestLines } from './request-lines.ts'

/** What became of the events so far. */
export interface LogCounts {
  /** Events that are on disk, or in memory and not lost yet. */
  readonly logged: number
  /** Events lost for want of memory, while the disk was full or slow, or because the log was closed. */
  readonly dropped: number
  /** Events that could not be written as a line, such as feedback without a rating. */
  readonly invalidEvents: number
  /** Values that were wrong and left out of their event. */
  readonly invalidValues: number
  readonly bufferedBytes: number
  /** Why the last write failed, until one works again. */
  readonly problem: unknown
}

/** How many requests become lines together, unless they are written before. */
const WAITING = 64

export class EventLog {
  readonly settings: LogSettings
  private readonly writer: BatchWriter
  private readonly writeFields: FieldWriter
  private readonly writeLine: LineWriter
  private readonly requests: RequestLines
  private readonly flushNow: () => void
  private readonly leaveExit: () => void
  private isClosed = false
  private logged = 0
  private dropped = 0
  private droppedUnsaid = 0
  private invalidEvents = 0
  private invalidValues = 0
  private problem: unknown
  private waiting: RequestCore[] = []
  private day = ''
  private path = ''

  constructor(settings: LogSettings) {
    this.settings = settings
    const pseudonym = settings.pseudonymKey === undefined ? undefined : pseudonymizer(settings.pseudonymKey)
    const policy = {
      isTextLogged: settings.isTextLogged,
      pseudonym,
      writeAddress: addressWriter(settings.address, pseudonym),
      isDemo: settings.isDemo,
    }
    this.writeFields = fieldWriter(policy)
    this.writeLine = lineWriter(policy, this.writeFields)
    this.requests = new RequestLines(this.writeFields, lineEnd(policy))
    this.writer = new BatchWriter({
      flushMs: settings.flushMs,
      maxBytes: settings.maxBufferBytes,
      rights: settings.rights,
      addWaiting: () => this.addWaiting(),
      onWritten: () => this.noteWritten(),
      onProblem: problem => {
        this.problem = problem
      },
    })
    this.flushNow = () => {
      const lost = this.writer.flushNow()
      this.logged -= lost
      this.dropped += lost
    }
    this.leaveExit = atExit(this.flushNow)
  }

  write(kind: LoggedKind, input: object): void {
    try {
      if (!isEvent(input)) this.invalidEvents++
      else this.tryWrite(kind, input as Readonly<Record<string, unknown>>)
    } catch {
      // Only what the application handed over can throw: a getter, a proxy, null.
      this.invalidEvents++
    }
  }

  /**
   * As `write` for a request: what every one has, and what this one has besides. May throw what a getter throws. Those
   * without more wait for each other: code that runs once a request is not in the processor's cache any more.
   */
  writeRequest(core: RequestCore, further: object | undefined): void {
    if (this.isClosed) {
      this.countDropped()
      return
    }
    if (further === undefined) {
      if (this.waiting.push(core) === WAITING) this.addWaiting()
      else this.writer.schedule()
      return
    }
    const fields = this.writeFields('request', further as Readonly<Record<string, unknown>>)
    this.addWaiting()
    this.addRequest(core, fields)
  }

  /**
   * The answer of a function of the application; where it throws, or promises an answer for later, nothing, and one more
   * invalid value. What such a promise is rejected with is nobody's.
   */
  attempt<T>(ask: () => T): T | undefined {
    try {
      const answer = ask()
      if (!isPromised(answer)) return answer
    } catch {
      // It is counted below.
    }
    this.invalidValues++
    return undefined
  }

  countInvalidEvent(): void {
    this.invalidEvents++
  }

  counts(): LogCounts {
    this.addWaiting()
    const { logged, dropped, invalidEvents, invalidValues, problem } = this
    return { logged, dropped, invalidEvents, invalidValues, bufferedBytes: this.writer.bufferedBytes, problem }
  }

  async flush(): Promise<void> {
    await this.writer.flush()
  }

  async close(): Promise<void> {
    this.isClosed = true
    await this.writer.flush()
    this.leaveExit()
    this.flushNow()
  }

  private tryWrite(kind: LoggedKind, input: Readonly<Record<string, unknown>>): void {
    this.addWaiting()
    const { timestamp } = input
    const given = timestamp === undefined || timestamp === null ? undefined : readInstant(timestamp)
    if (given === undefined && timestamp !== undefined && timestamp !== null) this.invalidValues++
    const ms = given ?? this.settings.clock()
    const { line, wrongValues } = this.writeLine(kind, input, ms)
    this.invalidValues += wrongValues
    if (line === undefined) this.invalidEvents++
    else if (!this.isClosed && this.writer.add(this.pathOf(ms), line)) this.logged++
    else this.countDropped()
  }

  private addWaiting(): void {
    if (this.waiting.length === 0) return
    const { waiting } = this
    // To add a line can begin a write, which asks for what waits.
    this.waiting = []
    for (const core of waiting) {
      try {
        this.addRequest(core, undefined)
      } catch {
        // Only what an application has put in the place of its framework's own can throw.
        this.invalidEvents++
      }
    }
  }

  private addRequest(core: RequestCore, further: EventFields | undefined): void {
    const { requests } = this
    this.invalidValues += requests.write(core, further)
    if (this.writer.addBytes(this.pathOf(core.ms), requests.bytes, requests.length)) this.logged++
    else this.countDropped()
  }

  private countDropped(): void {
    this.dropped++
    this.droppedUnsaid++
  }

  // Once writing works again the log says what is missing from it.
  private noteWritten(): void {
    this.problem = undefined
    if (this.droppedUnsaid === 0) return
    const ms = this.settings.clock()
    const { line } = this.writeLine('dropped', { droppedEvents: this.droppedUnsaid }, ms)
    if (line !== undefined && this.writer.add(this.pathOf(ms), line)) this.droppedUnsaid = 0
  }

  private pathOf(ms: number): string {
    const day = this.settings.dayOf(ms)
    if (day !== this.day) {
      this.day = day
      this.path = join(this.settings.dir, `${day}${this.settings.fileEnd}`)
    }
    return this.path
  }
}

/** Of a text, a list or bytes every entry would be a wrong field, and there may be millions. */
export function isEvent(input: unknown): input is object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) && !ArrayBuffer.isView(input)
}
