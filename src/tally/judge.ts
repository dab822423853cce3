// Decides for every row of a Batch in which count of the ledger it ends, in the order rejected, duplicate, other, filtered,
// used; and resolves what an event means: its instant, tokens, status, cost. Common to all readers.
import { parseZone, UTC, type Zone } from '../base/zone.ts'
import { isErrorCode, meaningOfStatus } from '../event/status.ts'
import { countReject, emptyLedger, type Ledger, type RejectedLine } from '../query/ledger.ts'
import { type Query, USAGE_EVENTS } from '../query/query.ts'
import { type Batch, type TextColumn, TIME_IS_ABSENT, TIME_IS_NAIVE } from '../scan/reader.ts'
import { CodeMemo } from './code-memo.ts'
import { USAGE_COLUMNS } from './judged-columns.ts'
import type { JudgedFile } from './judged-file.ts'
import { makeJudged } from './make-judged.ts'
import { RowConditions } from './row-conditions.ts'
import { SeenIds } from './seen-ids.ts'

/** The used rows of a batch. Columns are by row of the batch; only those of `rows` hold something. */
export interface Judged {
  readonly batch: Batch
  /** Row numbers of the used events, `used` of them. */
  readonly rows: Uint32Array
  used: number
  readonly instants: Float64Array
  readonly isError: Uint8Array
  /** Tokens after what is counted beside the input was added to it; 0 where absent. */
  readonly inputTokens: Float64Array
  readonly cacheReadTokens: Float64Array
  readonly cacheWriteTokens: Float64Array
  readonly cacheWrite1hTokens: Float64Array
  readonly outputTokens: Float64Array
  readonly reasoningTokens: Float64Array
  readonly unsplitTokens: Float64Array
}

export class Judge {
  ledger: Ledger = emptyLedger()
  private readonly query: Query
  private readonly onReject: ((line: RejectedLine) => void) | undefined
  private readonly logZone: Zone
  private seen = new SeenIds()
  private readonly isAnalysis = new CodeMemo(text => (text === undefined || text === 'analysis' ? 1 : 0))
  private readonly isWantedKind: CodeMemo
  private readonly status = new CodeMemo(text => STATUS_NUMBERS[meaningOfStatus(text)])
  private readonly isErrorCode = new CodeMemo(text => (isErrorCode(text) ? 1 : 0))
  private readonly conditions: RowConditions | null
  private file: JudgedFile = { name: '', dayStart: null, linesBefore: 0 }
  private judged: Judged | undefined

  constructor(query: Query, onReject?: (line: RejectedLine) => void) {
    this.query = query
    this.onReject = onReject
    this.logZone = parseZone(query.logTimezone) ?? UTC
    const kinds = new Set(Array.isArray(query.kinds) ? (query.kinds as string[]) : [])
    this.isWantedKind = new CodeMemo(text => (kinds.has(text ?? 'analysis') ? 1 : 0))
    this.conditions = query.conditions.length === 0 ? null : new RowConditions(query.conditions)
  }

  /** Starts a file: a new ledger, and no ids seen unless they count once across all files. */
  begin(file: JudgedFile): void {
    this.file = file
    this.ledger = emptyLedger()
    if (this.query.dedupe === 'all') this.seen.addAll(file.seen)
    else if (file.seen !== undefined) this.seen = file.seen
    else this.seen.clear()
  }

  /** Hands over the ids seen so far, and starts with none. */
  takeSeen(): SeenIds {
    const { seen } = this
    this.seen = new SeenIds()
    return seen
  }

  /** Judges a batch. The result is valid until the next call. */
  judge(batch: Batch): Judged {
    const judged = this.resolve(batch)
    const { ledger, query } = this
    ledger.read += batch.rows + batch.rejects.length
    const isUsage = this.usageTest(batch)
    const passes = this.conditions === null ? () => true : this.conditions.of(judged)
    const from = query.range.from ?? Number.NEGATIVE_INFINITY
    const to = query.range.to ?? Number.POSITIVE_INFINITY
    const isDeduped = query.dedupe !== 'off'
    let nextReject = 0
    judged.used = 0
    for (let row = 0; row < batch.rows; row++) {
      nextReject = this.rejectLinesBefore(batch, nextReject, batch.lines[row]!)
      if (batch.skipped[row] === 1) {
        ledger.other++
      } else if (!this.resolveTokens(judged, row)) {
        this.reject(batch.lines[row]!, 'bad-tokens', batch.lineBytesOf(row))
      } else if (isDeduped && !this.seen.add(batch.ids, row * 4)) {
        ledger.duplicate++
      } else if (!isUsage(row)) {
        ledger.other++
      } else {
        const instant = this.resolveInstant(batch, row)
        judged.instants[row] = instant
        if (instant < from || instant >= to || !passes(row)) ledger.filtered++
        else judged.rows[judged.used++] = row
      }
    }
    this.rejectLinesBefore(batch, nextReject, Number.POSITIVE_INFINITY)
    ledger.used += judged.used
    return judged
  }

  // Counts the reader's rejects among the rows, so that problems are in the order of the lines. Returns the next one.
  private rejectLinesBefore(batch: Batch, first: number, line: number): number {
    let next = first
    for (let reject = batch.rejects[next]; reject !== undefined && reject.line < line; reject = batch.rejects[++next]) {
      this.reject(reject.line, reject.reason, reject.bytes)
    }
    return next
  }

  private reject(lineOfPart: number, reason: Parameters<typeof countReject>[3], bytes: Uint8Array): void {
    const line = this.file.linesBefore + lineOfPart
    countReject(this.ledger, this.file.name, line, reason)
    this.onReject?.({ file: this.file.name, line, reason, bytes })
  }

  private resolveInstant(batch: Batch, row: number): number {
    const kind = batch.timeKinds[row]
    const ms = batch.times[row]!
    if (kind === TIME_IS_NAIVE) return this.logZone.instantOfLocal(ms)
    return kind === TIME_IS_ABSENT ? (this.file.dayStart ?? 0) : ms
  }

  private resolve(batch: Batch): Judged {
    const judged = this.judged?.rows.length === batch.times.length ? { ...this.judged, batch } : makeJudged(batch)
    this.judged = judged
    this.resolveStatus(batch, judged.isError)
    return judged
  }

  // `status` where it says something, else the HTTP code and whether there is an error.
  private resolveStatus(batch: Batch, isError: Uint8Array): void {
    const statusCodes = textColumn(batch, 'status').codes
    const status = this.status.read(textColumn(batch, 'status'))
    const httpCodes = textColumn(batch, 'status_code').codes
    const isErrorCode = this.isErrorCode.read(textColumn(batch, 'status_code'))
    const errors = textColumn(batch, 'error').codes
    for (let row = 0; row < batch.rows; row++) {
      const code = statusCodes[row]!
      if (code !== 0) isError[row] = status[code] === STATUS_NUMBERS.error ? 1 : 0
      else isError[row] = errors[row] !== 0 || isErrorCode[httpCodes[row]!] === 1 ? 1 : 0
    }
  }

  // False where the parts of the tokens are more than the whole.
  private resolveTokens(judged: Judged, row: number): boolean {
    const { numbers } = judged.batch
    const given = numbers.get('input_tokens')![row]!
    const readBeside = numbers.get('cache_read_input_tokens')![row]!
    const writeBeside = numbers.get('cache_creation_input_tokens')![row]!
    const readInside = numbers.get('cache_read_tokens')![row]!
    const writeInside = numbers.get('cache_write_tokens')![row]!
    const hour = zeroIfAbsent(numbers.get('cache_write_1h_tokens')![row]!)
    const output = numbers.get('output_tokens')![row]!
    const reasoning = zeroIfAbsent(numbers.get('reasoning_tokens')![row]!)
    const total = numbers.get('total_tokens')![row]!
    const isReadBeside = Number.isNaN(readInside) && !Number.isNaN(readBeside)
    const isWriteBeside = Number.isNaN(writeInside) && !Number.isNaN(writeBeside)
    const read = isReadBeside ? readBeside : zeroIfAbsent(readInside)
    const write = isWriteBeside ? writeBeside : Number.isNaN(writeInside) ? hour : writeInside
    const input = zeroIfAbsent(given) + (isReadBeside ? read : 0) + (isWriteBeside ? write : 0)
    const isUnsplit = Number.isNaN(given) && Number.isNaN(output) && input === 0
    if (input > Number.MAX_SAFE_INTEGER || read + write > input || hour > write || reasoning > zeroIfAbsent(output))
      return false
    judged.inputTokens[row] = input
    judged.cacheReadTokens[row] = read
    judged.cacheWriteTokens[row] = write
    judged.cacheWrite1hTokens[row] = hour
    judged.outputTokens[row] = zeroIfAbsent(output)
    judged.reasoningTokens[row] = reasoning
    judged.unsplitTokens[row] = isUnsplit ? zeroIfAbsent(total) : 0
    return true
  }

  // Whether the query counts a row's kind of event.
  private usageTest(batch: Batch): (row: number) => boolean {
    if (this.query.kinds === 'all') return () => true
    const events = textColumn(batch, 'event')
    const isWanted = this.isWantedKind.read(events)
    if (this.query.kinds !== 'usage' && !this.query.kinds.includes(USAGE_EVENTS)) {
      return row => isWanted[events.codes[row]!] === 1
    }
    const isAnalysis = this.isAnalysis.read(events)
    const carried = USAGE_COLUMNS.map(name => batch.numbers.get(name)!)
    const { costs } = batch
    return row =>
      isAnalysis[events.codes[row]!] === 1 ||
      isWanted[events.codes[row]!] === 1 ||
      !Number.isNaN(costs[row]!) ||
      carried.some(column => !Number.isNaN(column[row]!))
  }
}

const STATUS_NUMBERS = { ok: 1, error: 2, unknown: 3 } as const

function textColumn(batch: Batch, name: string): TextColumn {
  return batch.texts.get(name)!
}

function zeroIfAbsent(value: number): number {
  return Number.isNaN(value) ? 0 : value
}
