// The finished text of a report, kept with the sums that it was made from, and found again by everything that it depends on:
// the question and how it is shown, where every sum comes from, the prices, the program itself. These are compared character
// by character, so that the text of one report is never taken for that of another.
import { digest } from '../../base/digest.ts'
import { needHeap } from '../../base/heap-room.ts'
import { openSealed, seal } from '../../base/sealed-file.ts'
import { CacheStore } from '../../engine/cache/cache-store.ts'
import { MOST_BYTES } from '../../engine/cache/cached-engine.ts'
import { originOf } from '../../engine/cache/origin.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { NamedRange } from '../../query/range.ts'
import type { Report } from '../../report/model/report.ts'
import type { Pieces } from '../../sink/sink.ts'
import type { EventFilter, LogSource, MoneyView, ReportRequest, ReportView } from '../request/requests.ts'
import { filesBehind } from './ask-questions.ts'
import type { OpenedReport } from './run-report.ts'

/** What is left of a report once it is written: enough to say what is to be said, and to choose the exit code. */
export interface Outline {
  readonly notes: Report['notes']
  readonly unpricedAnalyses: number
  readonly ledger: Pick<
    Ledger,
    'read' | 'used' | 'rejected' | 'failures' | 'summarized' | 'compared' | 'unread' | 'isScoped'
  >
}

export interface Page extends Outline {
  readonly text: Pieces
}

/** A page that was made just now. */
type WrittenPage = Outline & { readonly text: Iterable<string> }

/** The head of the file; its column is the text without its stamp. */
interface KeptPage {
  readonly madeOf: string
  readonly outline: Outline
  /** Bytes before the stamp. */
  readonly stampAt: number | null
}

const SEAL = 'page'
const MOST_TEXT_BYTES = 8_000_000

/** All members of a part of a request but those that are known from elsewhere. A new member does not compile until it is listed. */
type AllOf<Part, Elsewhere extends keyof Part = never> = Record<Exclude<keyof Part, Elsewhere>, unknown>

// What was asked, as text can hold it. How lines are read, and where from, is in the origins of the sums.
function listAsked({ logs, filter, view, money }: ReportRequest, compared: NamedRange | null): object {
  const { root, cwd, places, tallies, logTimezone } = logs
  const source: AllOf<LogSource, 'formatOf' | 'openStdin'> = { root, cwd, places, tallies, logTimezone }
  const { scope, zone, conditions, extras, asGiven, dedupe, joinsVersions, joinsBlocks } = filter
  const days = { range: listRange(filter.range), zone: zone.name }
  const joins = { joinsVersions, joinsBlocks }
  const events: AllOf<EventFilter> = { ...days, scope, conditions, extras, asGiven, dedupe, ...joins }
  const { report, groupBy, by, idleMs, top, sort, sections, title, explain } = view
  const compareWith = compared && listRange(compared)
  const shown = { groupBy, by, idleMs, top, sort, sections, title, explain }
  const cut: AllOf<ReportView> = { report: report.name, compareWith, ...shown }
  // A page in a currency is not kept.
  const costs: AllOf<MoneyView, 'currency' | 'currencies'> = { cost: money.cost }
  return { source, events, cut, costs }
}

// The range before it changes with the clock, and only matters where it was asked for.
function listRange({ from, to, label }: NamedRange): AllOf<NamedRange, 'previous'> {
  return { from, to, label }
}

/** How a page is shown, and by what. */
export interface PageLook {
  /** Without anything that changes from run to run. */
  readonly options: object
  /** Stands for the code that makes it. */
  readonly program: string
  /** How its text says when it was made, at the first place where this stands; undefined where it does not. */
  readonly stamp: string | undefined
}

/** What finds a page again. */
interface Identity {
  /** Stands for the question, so that the page of logs that have grown takes the place of the one before. */
  readonly name: string
  readonly madeOf: string
  /** What the logs are, and what they are by now. */
  readonly origin: string
  readonly originNow: () => string | undefined
}

export class PagePlace {
  private readonly store: CacheStore
  private readonly identity: Identity
  private readonly stamp: string | undefined

  /** Undefined where a page cannot be kept: what it is made of is not known in full. */
  static find(request: ReportRequest, opened: OpenedReport, look: PageLook): PagePlace | undefined {
    const { cache, machineNow } = request.engine
    const { summaries, counted, failures } = opened.removed
    const isPruned = summaries.length > 0 || counted.size > 0 || failures.length > 0
    // The rate of a currency depends on the clock.
    if (cache === null || isPruned || request.money.currency !== null) return undefined
    const files = filesOf(request, opened)
    const originNow = () => originOf(files, request.logs.formatOf, machineNow())
    const origin = originNow()
    if (origin === undefined) return undefined
    const asked = listAll(request, opened, look)
    const madeOf = JSON.stringify([asked, origin])
    const identity = { name: `${digest(asked)}.page`, madeOf, origin, originNow }
    return new PagePlace(new CacheStore(cache.folder, machineNow), identity, look.stamp)
  }

  private constructor(store: CacheStore, identity: Identity, stamp: string | undefined) {
    this.store = store
    this.identity = identity
    this.stamp = stamp
  }

  read(): Page | undefined {
    const bytes = this.store.read(this.identity.name)
    const kept = bytes === undefined ? undefined : openSealed<KeptPage>(bytes, SEAL)
    if (kept?.head.madeOf !== this.identity.madeOf) return undefined
    const { outline, stampAt } = kept.head
    const text = kept.columns[0] as Uint8Array
    if (stampAt === null) return { ...outline, text: [text] }
    const before = Buffer.from(text.buffer, text.byteOffset, stampAt).toString()
    return { ...outline, text: [Buffer.from(before + this.stamp!), text.subarray(stampAt)] }
  }

  /** Hands on the text of a page, and keeps it once all is read, unless it is long or there is nothing on the page. */
  *keep({ text, ...outline }: WrittenPage): Generator<Uint8Array> {
    let pieces: Uint8Array[] = []
    let length = 0
    for (const piece of text) {
      needHeap()
      const bytes = Buffer.from(piece)
      length += bytes.length
      if (length <= MOST_TEXT_BYTES) pieces.push(bytes)
      else pieces = []
      yield bytes
    }
    const { used, failures } = outline.ledger
    if (length > MOST_TEXT_BYTES || used === 0 || failures.length > 0) return
    // What was read meanwhile is surely this only where it still is.
    if (this.identity.originNow() === this.identity.origin) this.write(pieces, outline)
  }

  private write(pieces: readonly Uint8Array[], { notes, unpricedAnalyses, ledger }: Outline): void {
    const { read, used, rejected, failures, compared, unread, isScoped } = ledger
    const optional = { ...(compared && { compared }), ...(unread && { unread }), ...(isScoped && { isScoped }) }
    const outline = { notes, unpricedAnalyses, ledger: { read, used, rejected, failures, ...optional } }
    const stamped = this.stamp === undefined ? undefined : withoutStamp(pieces, this.stamp)
    if (this.stamp !== undefined && stamped === undefined) return
    const { name, madeOf } = this.identity
    const head: KeptPage = { madeOf, outline, stampAt: stamped?.at ?? null }
    const bytes = seal(SEAL, head, [stamped?.pieces ?? pieces])
    if (bytes === undefined || !this.store.write(name, bytes)) return
    // Looking at all files takes as long as a page takes to write, and sums are trimmed whenever they are written.
    if (name.startsWith('0')) this.store.trim(MOST_BYTES)
  }
}

/** A text without the stamp, which is in its first piece, and where that was; undefined where it is not. */
function withoutStamp(
  [first, ...rest]: readonly Uint8Array[],
  stamp: string,
): { readonly at: number; readonly pieces: Uint8Array[] } | undefined {
  const at = first === undefined ? -1 : Buffer.from(first.buffer, first.byteOffset, first.length).indexOf(stamp)
  if (at === -1) return undefined
  return { at, pieces: [first!.subarray(0, at), first!.subarray(at + Buffer.byteLength(stamp)), ...rest] }
}

// All but the logs themselves.
function listAll(request: ReportRequest, opened: OpenedReport, look: PageLook): string {
  const { prices, compared, logs } = opened
  return JSON.stringify({
    program: [look.program, request.engine.toolVersion],
    look: look.options,
    asked: listAsked(request, compared),
    prices: prices?.content ?? null,
    // What was found out about the logs also tells of those of other days.
    told: [logs.sources, logs.warnings],
  })
}

/** The logs that the answers depend on. */
function filesOf({ filter }: ReportRequest, { logs, questions, compared }: OpenedReport): readonly LogFile[] {
  const ranges = compared === null ? [filter.range] : [filter.range, compared]
  const files = new Set(ranges.flatMap(range => filesBehind(questions, logs.files, range)))
  return logs.files.filter(file => files.has(file))
}
