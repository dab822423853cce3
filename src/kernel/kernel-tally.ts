// A query in a kernel: rows are judged and added up where the scan left them in memory, and become a Tally at the end.
import type { Decimal } from '../base/decimal.ts'
import { randomWord } from '../base/random-word.ts'
import { tooManyGroups } from '../base/too-many-groups.ts'
import { DAY_MS } from '../base/zone.ts'
import type { SourceFormat } from '../event/source-format.ts'
import type { PriceOf } from '../query/event-price.ts'
import {
  countDiffering,
  countReject,
  emptyLedger,
  type Ledger,
  PROBLEMS_KEPT,
  type RejectedLine,
} from '../query/ledger.ts'
import { isCostMeasure } from '../query/measures.ts'
import type { Query } from '../query/query.ts'
import type { Reader, ReaderOptions, ScanPlan } from '../scan/reader.ts'
import { type JudgedFile, placeOf, problemOf } from '../tally/judged-file.ts'
import { SeenIds, WORDS_OF_ID } from '../tally/seen-ids.ts'
import { planScan } from '../tally/tallier.ts'
import { emptyTally, type GrowingTally, mergeTally, type Tally } from '../tally/tally.ts'
import { wideCostWord } from '../tally/usage-word.ts'
import { addWideCost } from '../tally/wide-costs.ts'
import { absorbTally } from './absorb.ts'
import { badRows, badTokens } from './bad-tokens.ts'
import { exportGroups } from './export.ts'
import { type KernelExports, startKernel } from './exports.ts'
import { addGroupBys } from './group-bys.ts'
import { KernelJudge } from './judge.ts'
import { unreadTexts } from './limits.ts'
import { doublesAt, lineOfRow, wordsAt } from './memory.ts'
import type { KernelGroupBy, OpenKernel } from './open-kernel.ts'
import { type PackedTally, packTally, unpackTally } from './packed-tally.ts'
import { addSlots, type KernelSlots } from './places.ts'
import { KernelPrices } from './prices.ts'
import { UNIT_DAY, UNIT_NAIVE } from './protocol.ts'
import { type BlockExtras, KernelReader } from './reader.ts'
import { KernelSpans } from './spans.ts'
import { KernelStreams } from './streams.ts'
import { TextsOfKernel } from './texts.ts'

// Sums are 64 bits; before one could be beyond that, all are handed to exact ones.
const SUM_LIMIT = 2 ** 63
const ROW_LIMIT = 2 ** 31
/** No sum of a packed tally that is not large is above. */
const PACKED_BOUND = 2 ** 53

export interface KernelTallyOptions extends ReaderOptions {
  /** For a query with prices. */
  readonly priceOf?: PriceOf | undefined
}

export class KernelTally implements OpenKernel {
  readonly reader: Reader
  ledger: Ledger = emptyLedger()
  readonly kernel: KernelExports
  readonly query: Query
  readonly groupBys: readonly KernelGroupBy[]
  readonly spans: KernelSpans
  readonly streams: KernelStreams
  readonly slots: KernelSlots
  /** By slot. */
  private readonly texts = new Map<number, TextsOfKernel>()
  private readonly onReject: ((line: RejectedLine) => void) | undefined
  private readonly judge: KernelJudge
  private readonly plan: ScanPlan
  private readonly prices: KernelPrices | undefined
  private file: JudgedFile = { name: '', day: null, linesBefore: 0 }
  /** What was handed to exact sums before the kernel's could be too large. */
  private spilled: GrowingTally | undefined
  private bound = 0
  private rowCount = 0

  constructor(
    module: WebAssembly.Module,
    query: Query,
    format: SourceFormat,
    onReject: ((line: RejectedLine) => void) | undefined,
    options: KernelTallyOptions = {},
  ) {
    this.query = query
    this.onReject = onReject
    const plan = planScan(query, format)
    this.plan = plan
    this.spans = new KernelSpans(query)
    this.kernel = startKernel(module, {
      learnPlaces: place => this.slots.learnPlaces(place),
      learnSkip: slot => this.judge.learnSkip(slot),
      findSpan: (unit, instant) => {
        const { from, to, code, coarseCode } = this.spans.find(unit, instant)
        doublesAt(this.kernel, this.kernel.ANSWER.value, 4).set([from, to, code, coarseCode])
      },
      outOfMemory: () => {
        throw tooManyGroups()
      },
    })
    this.kernel.init(plan.wantsIds, randomWord(), randomWord())
    this.slots = addSlots(this.kernel, plan, unreadTexts(query))
    for (const unit of [UNIT_NAIVE, UNIT_DAY]) this.kernel.initUnit(unit)
    this.judge = new KernelJudge(this.kernel, query, plan, this.slots)
    this.streams = new KernelStreams(this.kernel, this.slots, query, this.spans.units)
    const { groupBys, priceStream } = addGroupBys(this.kernel, query, this.slots, this.streams)
    this.groupBys = groupBys
    this.prices = priceStream && new KernelPrices(this, priceStream, options.priceOf!)
    const readerOptions = { ...options, keepsRejectedLines: onReject !== undefined }
    this.reader = new KernelReader(this.kernel, plan, this.slots, block => this.addBlock(block), readerOptions)
  }

  /** Starts a file: a new ledger, and no ids seen unless they count once across all files. */
  begin(file: JudgedFile): void {
    this.file = file
    this.ledger = emptyLedger()
    this.kernel.setFileDay((file.day ?? 0) * DAY_MS)
    this.kernel.endRuns()
    if (file.seen !== undefined) this.lendSeen(file.seen)
    else if (this.query.dedupe !== 'all') this.kernel.clearSeen()
  }

  /** The tally of all since the last call, with an empty ledger; it is valid as long as this. */
  take(): Tally {
    const { kernel, spilled } = this
    const taken = this.exportTally()
    kernel.clearTally()
    this.prices?.forget()
    for (const groupBy of this.groupBys) groupBy.wideCosts.clear()
    this.bound = 0
    this.rowCount = 0
    this.spilled = undefined
    if (spilled === undefined) return taken
    mergeTally(spilled, taken)
    return spilled
  }

  /** `take` for another thread. */
  takePacked(): PackedTally {
    const { rowCount } = this
    return packTally(this, this.take(), rowCount)
  }

  /** Adds what `takePacked` of another kernel for the same query and format has given. */
  absorb(packed: PackedTally): void {
    if (this.bound + PACKED_BOUND >= SUM_LIMIT || this.rowCount + packed.rowCount >= ROW_LIMIT) this.spill(0, 0)
    if (packed.isLarge) {
      this.spilled ??= emptyTally(this.query)
      mergeTally(this.spilled, unpackTally(packed, this.query, emptyLedger()))
    } else {
      this.bound += PACKED_BOUND
      this.rowCount += packed.rowCount
      absorbTally(this, packed)
    }
  }

  textsOf(slot: number): TextsOfKernel {
    const texts = this.texts.get(slot) ?? new TextsOfKernel(this.kernel, this.kernel.tableOf(slot))
    this.texts.set(slot, texts)
    return texts
  }

  /** A copy of the ids seen so far. */
  takeSeen(): SeenIds {
    const { kernel } = this
    return SeenIds.ofWords(wordsAt(kernel, kernel.seenPlace(), kernel.seenCount() * WORDS_OF_ID).slice())
  }

  private lendSeen(seen: SeenIds): void {
    const { words, count } = seen
    const place = this.kernel.lendSeen(count)
    wordsAt(this.kernel, place, words.length).set(words)
    this.kernel.indexSeen()
  }

  private addBlock(block: BlockExtras): void {
    const { kernel, ledger } = this
    this.judge.learn()
    for (const [row, cost] of block.wideCosts) kernel.putCostWord(row, wideCostWord(cost))
    kernel.judgeBlock()
    this.prices?.learn()
    const bound = kernel.prepareBlock()
    const logged = this.byUsedRow(block.wideCosts)
    const wideCosts = this.prices?.wideCosts(logged)
    const used = kernel.used.value
    this.bound += bound
    this.rowCount += used
    if (this.bound >= SUM_LIMIT || this.rowCount >= ROW_LIMIT) this.spill(bound, used)
    kernel.addBlock()
    if (logged.size > 0) this.addWideCosts(sum => sum === 'loggedPicoUsd', logged)
    if (wideCosts !== undefined && wideCosts.size > 0) this.addWideCosts(isCostMeasure, wideCosts)
    ledger.read += kernel.rows.value - kernel.outside.value + block.rejects.length
    ledger.used += used
    ledger.other += kernel.other.value
    ledger.filtered += kernel.filtered.value
    ledger.duplicate += kernel.duplicate.value
    ledger.undecided += block.undecided
    const { differing, firstDiffering } = kernel
    if (differing.value > 0)
      countDiffering(ledger, differing.value, placeOf(this.file, lineOfRow(kernel, firstDiffering.value)))
    if (kernel.bad.value > 0 || block.rejects.length > 0) this.addRejects(block)
  }

  // The rows of the block are judged already; they are added to sums that begin anew.
  private spill(bound: number, rowCount: number): void {
    const before = this.take()
    const exact = emptyTally(this.query)
    mergeTally(exact, before)
    this.spilled = exact
    this.bound = bound
    this.rowCount = rowCount
  }

  private byUsedRow(byRow: ReadonlyMap<number, Decimal>): ReadonlyMap<number, Decimal> {
    if (byRow.size === 0) return byRow
    const used = wordsAt(this.kernel, this.kernel.USED.value, this.kernel.used.value)
    const byUsed = [...byRow].map(([row, cost]) => [used.indexOf(row), cost] as const)
    return new Map(byUsed.filter(([index]) => index !== -1))
  }

  // Adds costs, given by used row, to the group-bys that have such a sum.
  private addWideCosts(isSum: (name: string) => boolean, wideCosts: ReadonlyMap<number, Decimal>): void {
    const { kernel } = this
    for (const { by, stream, wideCosts: costs } of this.groupBys) {
      if (!by.sums.some(isSum)) continue
      const slots = wordsAt(kernel, kernel.codesOf(stream.number), kernel.used.value)
      for (const [index, cost] of wideCosts) addWideCost(costs, slots[index]!, cost)
    }
  }

  // The reader's rejects and the rows with bad tokens, in the order of the lines.
  private addRejects(block: BlockExtras): void {
    const rejects = [...block.rejects, ...badRows(this.kernel)].sort((a, b) => a.line - b.line)
    for (const reject of rejects) {
      const isSeen = this.onReject !== undefined || this.ledger.problems.length < PROBLEMS_KEPT
      const whole = 'row' in reject ? badTokens(this.kernel, this.plan, reject, isSeen) : reject
      const problem = problemOf(this.file, whole)
      countReject(this.ledger, problem)
      this.onReject?.({ ...problem, bytes: whole.bytes })
    }
  }

  private exportTally(): Tally {
    const { kernel } = this
    const isEmpty = kernel.firstMs() > kernel.lastMs()
    return {
      tables: exportGroups(this),
      ledger: emptyLedger(),
      firstInstant: isEmpty ? Number.POSITIVE_INFINITY : kernel.firstMs(),
      lastInstant: isEmpty ? Number.NEGATIVE_INFINITY : kernel.lastMs(),
    }
  }
}
