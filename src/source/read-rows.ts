// Reads a log of another tool into rows: parses its lines, lets the steps of its format turn them into rows, and counts what
// became of each line. A file that is one JSON document, however it is formatted, is read as one line, or as one line for each
// entry of a list.
import type { RejectedLine } from '../query/ledger.ts'
import { countReject, emptyLedger, type Ledger, type RejectReason, type WrongValue } from '../query/ledger.ts'
import { isObject, type JsonObject } from '../scan/json-object.ts'
import type { LineSink } from '../scan/line-cutter.ts'
import { openBytes, tornOr } from '../scan/read-bytes.ts'
import { makeRow, type RowFile } from './held-row.ts'
import type { HeldLog, HeldRow, RowsOf, Steps } from './source.ts'

const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

export interface ReadLogRows extends HeldLog {
  readonly ledger: Ledger
}

export interface RowReaderOptions extends RowFile {
  readonly name: string
  readonly steps: Steps | undefined
  readonly onReject: ((line: RejectedLine) => void) | undefined
}

const WHOLE_LINE: RowsOf = object => [{ object }]

export class RowReader implements LineSink {
  readonly log: { readonly name: string; rows: HeldRow[]; readonly ledger: Ledger }
  private readonly options: RowReaderOptions
  private readonly rowsOf: RowsOf
  private readonly marks: readonly Buffer[] | undefined
  private readonly counts = { read: 0, events: 0, other: 0, rejected: 0 }

  constructor(options: RowReaderOptions) {
    this.options = options
    this.log = { name: options.name, rows: [], ledger: emptyLedger() }
    this.rowsOf = options.steps?.open() ?? WHOLE_LINE
    this.marks = options.steps?.lineMarks?.map(mark => Buffer.from(mark))
  }

  line(bytes: Buffer, number: number, hasNewline: boolean): void {
    if (this.isOfNoInterest(bytes)) {
      this.counts.read++
      this.counts.other++
      return
    }
    const opened = openBytes(bytes)
    if (opened === undefined) return
    this.counts.read++
    const parsed = opened.reason === undefined ? parse(opened.text) : undefined
    if (opened.reason !== undefined) this.reject(number, opened.reason, undefined, bytes, hasNewline)
    else if (parsed === undefined) this.reject(number, 'not-json', undefined, bytes, hasNewline)
    else if (!isObject(parsed)) this.reject(number, 'not-object', undefined, bytes, hasNewline)
    else this.addObject(parsed, opened.text, number, bytes)
  }

  tooLong(number: number): void {
    this.counts.read++
    this.reject(number, 'too-long', undefined, Buffer.alloc(0), true)
  }

  /** Reads a whole file as one document; false if it is not one. */
  document(bytes: Buffer): boolean {
    const opened = openBytes(bytes)
    const parsed = opened === undefined || opened.reason !== undefined ? undefined : parse(opened.text)
    if (opened === undefined || parsed === undefined) return false
    const entries = Array.isArray(parsed) ? parsed : [parsed]
    for (const [index, entry] of entries.entries()) {
      this.counts.read++
      if (isObject(entry))
        this.addObject(entry, entries.length === 1 && entry === parsed ? opened.text : '', index + 1, bytes)
      else this.reject(index + 1, 'not-object', undefined, bytes, true)
    }
    return true
  }

  /** All rows, and the counts so far: lines that are neither rejected nor duplicates are counted when the events are read. */
  end(): ReadLogRows {
    this.log.ledger.lines = { ...this.counts }
    return this.log
  }

  // Most lines of an agent's log are conversation, and long, so they are not parsed.
  private isOfNoInterest(bytes: Buffer): boolean {
    if (this.marks === undefined || bytes[0] !== OPEN_BRACE) return false
    let end = bytes.length - 1
    while (end > 0 && bytes[end]! <= 0x20) end--
    return bytes[end] === CLOSE_BRACE && !this.marks.some(mark => bytes.includes(mark))
  }

  private addObject(object: JsonObject, text: string, number: number, bytes: Buffer): void {
    let hasEvent = false
    let isRejected = false
    for (const row of this.rowsOf(object)) {
      const made = makeRow(row, row.object === object ? text : '', number, this.options)
      if (made.kind === 'held') {
        this.log.rows.push(made.row)
        if (made.row.body !== '') hasEvent = true
        if (made.isUndecided) this.log.ledger.undecided++
      } else if (made.kind === 'rejected') {
        isRejected = true
        this.countRejected(number, made.reason, made.wrong, bytes)
      }
    }
    if (hasEvent) this.counts.events++
    else if (isRejected) this.counts.rejected++
    else this.counts.other++
  }

  private reject(
    number: number,
    reason: RejectReason,
    wrong: WrongValue | undefined,
    bytes: Buffer,
    hasNewline: boolean,
  ): void {
    this.counts.rejected++
    const torn = hasNewline ? reason : tornOr({ kind: 'rejected', reason }).reason
    this.countRejected(number, torn, wrong, bytes)
  }

  private countRejected(line: number, reason: RejectReason, wrong: WrongValue | undefined, bytes: Buffer): void {
    const problem = { file: this.options.name, line, reason, ...wrong }
    this.log.ledger.read++
    countReject(this.log.ledger, problem)
    this.options.onReject?.({ ...problem, bytes: Uint8Array.from(bytes) })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
