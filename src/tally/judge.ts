// Decides for every row of a Batch in which count of the ledger it belongs, in the order out of scope (in none), rejected,
// duplicate, other, filtered, used; and works out what an event means: its instant, tokens, status, cost. Shared by all readers.
import { DAY_MS, type Day, parseZone, UTC, type Zone } from '../base/zone.ts'
import { isErrorCode, meaningOfStatus } from '../event/status.ts'
import { sumTokens } from '../event/token-sums.ts'
import {
  countDiffering,
  countReject,
  emptyLedger,
  type Ledger,
  type RejectedLine,
  type WrongValue,
} from '../query/ledger.ts'
import { type Query, USAGE_EVENTS } from '../query/query.ts'
import { type Batch, isUntimed, type Reject, type TextColumn, TIME_IS_DAY, TIME_IS_NAIVE } from '../scan/reader.ts'
import { CodeMemo } from './code-memo.ts'
import { type Judged, makeJudged } from './judged.ts'
import { type JudgedFile, placeOf, problemOf } from './judged-file.ts'
import { RowConditions } from './row-conditions.ts'
import { usageTest } from './row-measures.ts'
import { RowScope } from './row-scope.ts'
import { SeenIds } from './seen-ids.ts'
import { usageWord } from './usage-word.ts'

export class Judge {
  ledger: Ledger = emptyLedger()
  private readonly query: Query
  private readonly onReject: ((line: RejectedLine) => void) | undefined
  private readonly logZone: Zone
  private readonly zone: Zone
  private readonly dayStarts = new Map<number, number>()
  private seen = new SeenIds()
  private readonly isAnalysis = new CodeMemo(text => (text === undefined || text === 'analysis' ? 1 : 0))
  private readonly isWantedKind: CodeMemo
  private readonly status = new CodeMemo(text => STATUS_NUMBERS[meaningOfStatus(text)])
  private readonly isErrorCode = new CodeMemo(text => (isErrorCode(text) ? 1 : 0))
  private readonly conditions: RowConditions | null
  private readonly scope: RowScope | null
  private file: JudgedFile = { name: '', day: null, linesBefore: 0 }
  private judged: Judged | undefined

  constructor(query: Query, onReject?: (line: RejectedLine) => void) {
    this.query = query
    this.onReject = onReject
    this.logZone = parseZone(query.logTimezone) ?? UTC
    this.zone = parseZone(query.timezone) ?? UTC
    const kinds = new Set(Array.isArray(query.kinds) ? (query.kinds as string[]) : [])
    this.isWantedKind = new CodeMemo(text => (kinds.has(text ?? 'analysis') ? 1 : 0))
    this.conditions = query.conditions.length === 0 ? null : new RowConditions(query.conditions)
    this.scope = query.scope === undefined ? null : new RowScope(query.scope)
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
    const isInScope = this.scope === null ? () => true : this.scope.of(batch)
    const isUsage = this.usageTest(batch)
    const passes = this.conditions === null ? () => true : this.conditions.of(judged)
    const from = query.range.from ?? Number.NEGATIVE_INFINITY
    const to = query.range.to ?? Number.POSITIVE_INFINITY
    let nextReject = 0
    judged.used = 0
    for (let row = 0; row < batch.rows; row++) {
      nextReject = this.rejectLinesBefore(batch, nextReject, batch.lines[row]!)
      if (batch.skipped[row] === 1) {
        ledger.other++
        continue
      }
      if (!isInScope(row)) {
        ledger.read--
        continue
      }
      const wrong = this.resolveTokens(judged, row)
      if (wrong !== undefined) {
        this.reject({ line: batch.lines[row]!, reason: 'bad-tokens', wrong, bytes: batch.lineBytesOf(row) })
      } else if (this.isRepeated(judged, row)) {
        ledger.duplicate++
      } else if (!isUsage(row)) {
        ledger.other++
      } else {
        this.resolveInstants(judged, row)
        const instant = judged.instants[row]!
        if (instant < from || instant >= to || !passes(row)) ledger.filtered++
        else judged.rows[judged.used++] = row
      }
    }
    this.rejectLinesBefore(batch, nextReject, Number.POSITIVE_INFINITY)
    ledger.used += judged.used
    ledger.undecided += batch.undecided
    return judged
  }

  // Counts the reader's rejects among the rows, so that problems are in the order of the lines. Returns the next one.
  private rejectLinesBefore(batch: Batch, first: number, line: number): number {
    let next = first
    for (let reject = batch.rejects[next]; reject !== undefined && reject.line < line; reject = batch.rejects[++next]) {
      this.reject(reject)
    }
    return next
  }

  private reject(reject: Reject): void {
    const problem = problemOf(this.file, reject)
    countReject(this.ledger, problem)
    this.onReject?.({ ...problem, bytes: reject.bytes })
  }

  // Whether the row's id was seen before; where its line says something else than the one that counts, that is counted too.
  private isRepeated(judged: Judged, row: number): boolean {
    const { ids, lines } = judged.batch
    if (this.query.dedupe === 'off') return false
    const before = this.seen.add(ids, row * 4, usageWord(judged, row))
    if (before === 'otherwise') countDiffering(this.ledger, 1, placeOf(this.file, lines[row]!))
    return before !== 'never'
  }

  private resolveInstants({ batch, instants, priceInstants }: Judged, row: number): void {
    const kind = batch.timeKinds[row]!
    const ms = batch.times[row]!
    if (isUntimed(kind)) {
      const startMs = kind === TIME_IS_DAY ? ms : (this.file.day ?? 0) * DAY_MS
      instants[row] = this.startOfDay(startMs)
      priceInstants[row] = startMs
    } else {
      instants[row] = kind === TIME_IS_NAIVE ? this.logZone.instantOfLocal(ms) : ms
      priceInstants[row] = instants[row]!
    }
  }

  // Of the day that starts in UTC at `ms`. Looked up once: a log without times asks for every line.
  private startOfDay(ms: number): number {
    const start = this.dayStarts.get(ms) ?? this.zone.startOfDay((ms / DAY_MS) as Day)
    this.dayStarts.set(ms, start)
    return start
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

  // What is wrong where the parts of the tokens are more than the whole.
  private resolveTokens(judged: Judged, row: number): WrongValue | undefined {
    const { numbers } = judged.batch
    const sums = sumTokens(name => numbers.get(name)![row]!)
    judged.inputTokens[row] = sums.input
    judged.cacheReadTokens[row] = sums.cacheRead
    judged.cacheWriteTokens[row] = sums.cacheWrite
    judged.cacheWrite1hTokens[row] = sums.cacheWrite1h
    judged.outputTokens[row] = sums.output
    judged.reasoningTokens[row] = sums.reasoning
    judged.unsplitTokens[row] = sums.unsplit
    return sums.wrong
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
    const carriesUsage = usageTest(batch)
    return row => isAnalysis[events.codes[row]!] === 1 || isWanted[events.codes[row]!] === 1 || carriesUsage(row)
  }
}

const STATUS_NUMBERS = { ok: 1, error: 2, unknown: 3 } as const

function textColumn(batch: Batch, name: string): TextColumn {
  return batch.texts.get(name)!
}
