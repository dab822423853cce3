// The finished text of a report, kept with the sums that it was made from, and found again by everything that it depends on:
// the question and how it is shown, where every sum comes from, the prices, the program itself. These are compared character
// by character, so that the text of one report is never taken for that of another.
import { digest } from '../../base/digest.ts'
import { openSealed, seal } from '../../base/sealed-file.ts'
import { CacheStore } from '../../engine/cache/cache-store.ts'
import { MOST_BYTES } from '../../engine/cache/cached-engine.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { NamedRange } from '../../query/range.ts'
import type { Report } from '../../report/model/report.ts'
import type { Pieces } from '../../sink/sink.ts'
import type { EventFilter, LogSource, MoneyView, ReportRequest, ReportView } from '../request/requests.ts'
import type { AskedReport } from './run-report.ts'

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

interface KeptPage {
  readonly madeOf: string
  readonly page: Outline & { readonly text: string }
}

const SEAL = 'page'
const MOST_CHARACTERS = 1_000_000

/** All members of a part of a request but those that are known from elsewhere. A new member does not compile until it is listed. */
type AllOf<Part, Elsewhere extends keyof Part = never> = Record<Exclude<keyof Part, Elsewhere>, unknown>

// What was asked, as text can hold it. How lines are read, and where from, is in the origins of the sums.
function listAsked({ logs, filter, view, money }: ReportRequest, compared: NamedRange | null): object {
  const { root, cwd, places, logTimezone } = logs
  const source: AllOf<LogSource, 'formatOf' | 'openStdin'> = { root, cwd, places, logTimezone }
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

export class PagePlace {
  private readonly store: CacheStore
  private readonly madeOf: string

  /**
   * Undefined where a page cannot be kept: what it is made of is not known in full. `look` is how it is shown, without
   * anything that changes from run to run; `program` stands for the code that makes it.
   */
  static find(request: ReportRequest, asked: AskedReport, look: object, program: string): PagePlace | undefined {
    const { answers, before } = asked
    const origins = [answers.origin, before === null ? '' : before.origin]
    const hasFailed = [answers, before].some(one => (one?.tally.ledger.failures.length ?? 0) > 0)
    // The rate of a currency depends on the clock.
    if (hasFailed || origins.includes(undefined) || request.money.currency !== null) return undefined
    const { cache, machineNow, toolVersion } = request.engine
    if (cache === null) return undefined
    const madeOf = JSON.stringify({
      program: [program, toolVersion],
      look,
      asked: listAsked(request, before?.range ?? null),
      prices: asked.prices?.content ?? null,
      origins,
    })
    return new PagePlace(new CacheStore(cache.folder, machineNow), madeOf)
  }

  private constructor(store: CacheStore, madeOf: string) {
    this.store = store
    this.madeOf = madeOf
  }

  read(): Page | undefined {
    const bytes = this.store.read(this.name)
    const kept = bytes === undefined ? undefined : openSealed<KeptPage>(bytes, SEAL)?.head
    return kept?.madeOf === this.madeOf ? { ...kept.page, text: [kept.page.text] } : undefined
  }

  /** Hands on the text of a page, and keeps it once all is read, unless it is long or there is nothing on the page. */
  *keep({ text, ...outline }: Page): Generator<string> {
    let whole = ''
    for (const piece of text) {
      if (whole.length <= MOST_CHARACTERS) whole += piece
      yield piece
    }
    if (whole.length <= MOST_CHARACTERS && outline.ledger.used > 0) this.write(whole, outline)
  }

  private write(text: string, { notes, unpricedAnalyses, ledger }: Outline): void {
    const { read, used, rejected, failures, compared, unread, isScoped } = ledger
    const optional = { ...(compared && { compared }), ...(unread && { unread }), ...(isScoped && { isScoped }) }
    const kept = { read, used, rejected, failures, ...optional }
    const page = { text, notes, unpricedAnalyses, ledger: kept }
    const bytes = seal(SEAL, { madeOf: this.madeOf, page } satisfies KeptPage, [])
    if (bytes !== undefined && this.store.write(this.name, bytes)) this.store.trim(MOST_BYTES)
  }

  private get name(): string {
    return `${digest(this.madeOf)}.page`
  }
}
