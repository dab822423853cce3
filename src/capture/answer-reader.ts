// Reads usage from an answer as it passes through: JSON or an event stream, by its content type. Memory is bounded for each
// request.
import { type AnswerUsage, ENTERED, usageOfAnswer, usageOfEvent, WANTED } from './answer-usage.ts'
import { type DataReader, EventStream } from './event-stream.ts'
import { JsonMembers } from './json-members.ts'

/** Of a longer answer usage is not taken: to look at it would cost its host too much. */
const MAX_BYTES = 32 * 1024 * 1024

interface FormReader {
  add(bytes: Uint8Array): void
  usage(): AnswerUsage | undefined
}

export class AnswerReader {
  private form: FormReader | undefined
  private isOpen = false
  private left = MAX_BYTES

  /** Says what the answer is before its first piece; later calls change nothing. What is packed is not read. */
  open(contentType: unknown, contentEncoding: unknown): void {
    if (this.isOpen) return
    this.isOpen = true
    const type = (typeof contentType === 'string' ? contentType : '').toLowerCase().split(';')[0]!.trim()
    const isPlain = contentEncoding === undefined || contentEncoding === null || contentEncoding === 'identity'
    if (!isPlain) return
    if (type === 'text/event-stream') this.form = new StreamReader()
    else if (type === 'application/json' || /^[\w.-]+\/[\w.-]+\+json$/.test(type)) this.form = new JsonReader()
  }

  /** Reads a piece; one that is neither text nor bytes is left alone. */
  add(piece: unknown, encoding?: unknown): void {
    if (this.form === undefined) return
    const bytes =
      typeof piece === 'string'
        ? Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : piece
    if (!(bytes instanceof Uint8Array)) return
    this.left -= bytes.length
    if (this.left < 0) this.form = undefined
    else this.form.add(bytes)
  }

  /** What the answer told, where it was a success. */
  usage(statusCode: number | undefined): AnswerUsage | undefined {
    return typeof statusCode === 'number' && statusCode >= 200 && statusCode < 300 ? this.form?.usage() : undefined
  }
}

class JsonReader implements FormReader {
  private readonly members = new JsonMembers(WANTED, new Set())

  add(bytes: Uint8Array): void {
    this.members.add(bytes)
  }

  usage(): AnswerUsage | undefined {
    return this.members.isWhole && !this.members.isBroken ? usageOfAnswer(this.members) : undefined
  }
}

class StreamReader implements FormReader {
  private readonly events = new EventUsage()
  private readonly stream = new EventStream(this.events)

  add(bytes: Uint8Array): void {
    this.stream.add(bytes)
  }

  usage(): AnswerUsage | undefined {
    // What a caller has cut off is no event.
    if (this.events.isWhole) this.stream.end()
    return this.events.usage()
  }
}

/** All events must be JSON objects: a stream of bare text could hold lines that its users wrote. */
class EventUsage implements DataReader {
  private members = new JsonMembers(WANTED, ENTERED)
  private found: AnswerUsage | undefined
  private isTrusted = true

  get isWhole(): boolean {
    return this.members.isWhole && !this.members.isBroken
  }

  add(bytes: Uint8Array): void {
    this.members.add(bytes)
  }

  endEvent(start: string): void {
    const { members, isWhole } = this
    this.members = new JsonMembers(WANTED, ENTERED)
    if (start.trim() === '[DONE]') return
    this.isTrusted &&= isWhole
    const usage = this.isTrusted ? usageOfEvent(members, this.found) : undefined
    if (usage !== undefined) this.found = { ...this.found, ...usage }
  }

  usage(): AnswerUsage | undefined {
    return this.isTrusted ? this.found : undefined
  }
}
