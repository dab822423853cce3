// The lines of requests as bytes. A plain server answers in ten microseconds, and building a line as a string took one of
// them: concatenating, flattening and encoding it. Most of a request's line is the same as in an earlier one, so those bytes
// are remembered, and only digits are written anew. The rules are the same as for any other line.
import type { EventFields, FieldWriter } from './event-line.ts'
import { formatDuration, formatText } from './field-text.ts'
import { rememberLast } from './remember.ts'

/** What every request has; anything else of it comes as further fields. */
export interface RequestCore {
  /** When its answer was over, in milliseconds since 1970. */
  readonly ms: number
  /** The pattern of its route, where that is known; else what `endpointOf` makes of its target stands for it. */
  readonly route: string | undefined
  readonly target: string
  readonly endpointOf: (target: string) => string
  readonly method: string | undefined
  readonly statusCode: number | undefined
  readonly durationMs: number
  readonly ip: string | undefined
  readonly userAgent: string | undefined
}

interface KnownFields {
  readonly bytes: Buffer
  readonly wrongValues: number
}

interface KnownCaller extends KnownFields {
  readonly userAgent: string | undefined
}

interface KnownAnswer extends KnownFields {
  readonly method: string | undefined
  readonly statusCode: number | undefined
}

const REMEMBERED = 2000
const ANSWERS_REMEMBERED = 8
const BEGIN = '{"timestamp":"'
const ZERO = 0x30
const POINT = 0x2e
const MAX_DIGITS = 20

export class RequestLines {
  /** The last line, from 0 to `length`; valid until the next one. */
  bytes = Buffer.alloc(1024)
  length = 0
  private readonly fields: FieldWriter
  private readonly end: Buffer
  private readonly answersOf = rememberLast<string, KnownAnswer[]>(REMEMBERED, () => [])
  private readonly callers = new Map<string | undefined, KnownCaller>()
  private second = Number.NaN
  private millisAt = 0
  private restAt = 0

  /** `end` is what every line ends with. */
  constructor(fields: FieldWriter, end: string) {
    this.fields = fields
    this.end = Buffer.from(end)
  }

  /** Makes the line of a request with its further fields; returns how many values were wrong and are not in it. */
  write(core: RequestCore, further: EventFields | undefined): number {
    const answer = this.answerOf(core)
    const caller = this.callerOf(core)
    const text = further?.text ?? ''
    this.begin(core.ms)
    const most =
      this.restAt + MAX_DIGITS + answer.bytes.length + caller.bytes.length + text.length * 3 + this.end.length
    if (most > this.bytes.length) this.grow(most)
    let at = this.writeDuration(core.durationMs, this.restAt)
    this.bytes.set(answer.bytes, at)
    at += answer.bytes.length
    this.bytes.set(caller.bytes, at)
    at += caller.bytes.length
    if (text !== '') at += this.bytes.write(text, at)
    this.bytes.set(this.end, at)
    this.length = at + this.end.length
    return answer.wrongValues + caller.wrongValues + (further?.wrongValues ?? 0)
  }

  // What does not change within a second stays where it is in the bytes.
  private begin(ms: number): void {
    const second = Math.floor(ms / 1000)
    if (second !== this.second) {
      this.second = second
      const text = BEGIN + new Date(second * 1000).toISOString().slice(0, -4)
      this.millisAt = this.bytes.write(text, 0)
      this.restAt = this.millisAt + 3
      this.restAt += this.bytes.write('Z","event":"request","duration_ms":', this.restAt)
    }
    writeThree(this.bytes, this.millisAt, ms - second * 1000)
  }

  private writeDuration(durationMs: number, start: number): number {
    const { bytes } = this
    const us = Math.round(durationMs * 1000)
    if (!(us >= 0 && us < 1e9)) return start + bytes.write(formatDuration(durationMs) ?? '0', start)
    let at = start
    const rest = us % 1000
    const whole = (us - rest) / 1000
    let digits = 1
    for (let power = 10; power <= whole; power *= 10) digits++
    for (let left = whole, place = at + digits - 1; place >= at; place--) {
      bytes[place] = ZERO + (left % 10)
      left = Math.floor(left / 10)
    }
    at += digits
    if (rest === 0) return at
    bytes[at] = POINT
    writeThree(bytes, at + 1, rest)
    return at + 4
  }

  private answerOf({ route, target, endpointOf, method, statusCode }: RequestCore): KnownAnswer {
    const endpoint = route ?? endpointOf(target)
    const known = this.answersOf(endpoint)
    for (const answer of known) if (answer.statusCode === statusCode && answer.method === method) return answer
    // A pattern may hold what would begin a query in a path.
    const text = formatText(endpoint)
    const answer = { ...this.known({ method, statusCode }, text ? `,"endpoint":${text}` : ''), method, statusCode }
    if (known.length === ANSWERS_REMEMBERED) known.length = 0
    known.push(answer)
    return answer
  }

  private callerOf({ ip, userAgent }: RequestCore): KnownCaller {
    const known = this.callers.get(ip)
    if (known !== undefined && known.userAgent === userAgent) return known
    const caller = { ...this.known({ ip, userAgent }), userAgent }
    if (this.callers.size >= REMEMBERED) this.callers.clear()
    this.callers.set(ip, caller)
    return caller
  }

  private known(input: object, before = ''): KnownFields {
    const { text, wrongValues } = this.fields('request', input as Readonly<Record<string, unknown>>)
    return { bytes: Buffer.from(before + (text ?? '')), wrongValues }
  }

  private grow(most: number): void {
    const larger = Buffer.alloc(most * 2)
    larger.set(this.bytes)
    this.bytes = larger
  }
}

function writeThree(bytes: Buffer, at: number, value: number): void {
  const tens = Math.floor(value / 10)
  const hundreds = Math.floor(value / 100)
  bytes[at] = ZERO + hundreds
  bytes[at + 1] = ZERO + (tens - hundreds * 10)
  bytes[at + 2] = ZERO + (value - tens * 10)
}
