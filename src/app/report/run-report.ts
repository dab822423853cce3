// The whole flow of a report on one page: which files, which questions, the sums, their price, the Report.
import { addFirst } from '../../base/lists.ts'
import type { Instant } from '../../base/zone.ts'
import type { Engine, RunHooks } from '../../engine/engine.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import { keepPipes, keepStream } from '../../log/keep-stream.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { type CurrencyRate, currencyRateOf } from '../../pricing/currency.ts'
import { type BasisOf, costBasisOf } from '../../pricing/group-cost.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import { whyUnpriced } from '../../pricing/why-unpriced.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import { addFailures, hideOthers, type Ledger } from '../../query/ledger.ts'
import { type NamedRange, unnamedRange } from '../../query/range.ts'
import type { RateClass } from '../../query/rate-class.ts'
import { rateClassesOf } from '../../report/group/usage-rows.ts'
import type { Report } from '../../report/model/report.ts'
import type { Answers, Question, ReportInput, ReportSettings } from '../../report/model/report-definition.ts'
import type { Tally } from '../../tally/tally.ts'
import { type OpenedLogs, tellOfLogs } from '../log/open-logs.ts'
import type { ReportRequest } from '../request/requests.ts'
import { type Asking, quietly } from './ask-once.ts'
import { askQuestions, isAskedOnce } from './ask-questions.ts'
import { eventsWithoutUsage, tableOfUsage } from './events-without-usage.ts'
import { findDifferencesIn } from './find-differences.ts'
import { findSilentLogs } from './find-silent-logs.ts'
import type { FoundSummaries, FoundSummary } from './find-summaries.ts'
import { findUnreadIn } from './find-unread-usage.ts'
import { openSource } from './open-source.ts'

export interface ReportAnswer {
  readonly report: Report
  /** All log files that there are, chosen or not. */
  readonly files: readonly LogFile[]
}

export async function runReport(request: ReportRequest, hooks: RunHooks): Promise<ReportAnswer> {
  const asked = await lookAgain(request, await askReport(request, hooks))
  return { report: buildReport(request, asked), files: asked.files }
}

/** What a report is built from: its questions answered. */
export interface AskedReport {
  readonly engine: Engine
  readonly files: readonly LogFile[]
  readonly questions: readonly Question[]
  readonly prices: PriceBook | null
  readonly answers: Answers
  readonly before: Answers | null
  /** Of events that were removed from the files. */
  readonly summaries: readonly FoundSummary[]
  /** Asks once more, for a range, of all logs or of some. */
  readonly askAgain: (range: NamedRange, part: Partial<AskedPart>) => Promise<Answers>
}

type AskedPart = Pick<Asking, 'files' | 'summaries' | 'silentLogs'>

/** What a report will be asked of. */
export interface OpenedReport {
  readonly engine: Engine
  readonly logs: OpenedLogs
  readonly removed: FoundSummaries
  readonly prices: PriceBook | null
  readonly questions: readonly Question[]
  readonly compared: NamedRange | null
}

export async function openReport(request: ReportRequest, hooks: RunHooks): Promise<OpenedReport> {
  const { logs, view, money } = request
  const { engine, opened, removed } = await openSource(request, hooks)
  return {
    engine,
    logs: opened,
    removed,
    prices: money.cost === null || !view.report.hasCost ? null : await openPriceBook(logs.root),
    questions: view.report.questions(settingsOf(request)),
    compared: comparedRange(request),
  }
}

export async function askReport(request: ReportRequest, hooks: RunHooks): Promise<AskedReport> {
  return await askOpened(request, await openReport(request, hooks), hooks)
}

export async function askOpened(request: ReportRequest, opened: OpenedReport, hooks: RunHooks): Promise<AskedReport> {
  const { logs, filter, view, money } = request
  const { engine, removed, prices, questions, compared } = opened
  const { files: found } = opened.logs
  const { summaries, counted } = removed
  const isReadOnce = compared === null && isAskedOnce(questions, filter.range)
  const reading = isReadOnce ? logs : { ...logs, openStdin: keepStream(logs.openStdin) }
  const files = isReadOnce ? found : keepPipes(found)
  const ask = (range: NamedRange, part: Partial<AskedPart> = {}, own = hooks) =>
    askQuestions({
      request: { logs: reading, filter },
      questions,
      range,
      prices,
      cost: money.cost,
      idleMs: view.idleMs,
      files,
      summaries,
      counted,
      engine,
      hooks: own,
      ...part,
    })
  const answers = await ask(filter.range)
  addFirst(answers.tally.ledger.failures, removed.failures)
  tellOfLogs(answers.tally.ledger, opened.logs)
  const before = compared === null ? null : await ask(compared)
  if (before !== null) addCompared(answers.tally.ledger, before.tally.ledger)
  const askAgain: AskedReport['askAgain'] = (range, part) => ask(range, part, quietly(hooks))
  return { engine, files, questions, prices, answers, before, summaries, askAgain }
}

// Both ranges are in the report, so that what either lacks is told.
function addCompared(ledger: Ledger, { read, rejected, failures, summarized }: Ledger): void {
  addFailures(ledger, failures)
  const unusedBy = summarized?.unusedBy ?? {}
  if (rejected > 0 || Object.keys(unusedBy).length > 0) ledger.compared = { read, rejected, unusedBy }
}

/** Adds what only the lines themselves can tell; they are read again where the sums say that it is worth it. */
export async function lookAgain(request: ReportRequest, asked: AskedReport): Promise<AskedReport> {
  const { ledger } = asked.answers.tally
  const differences = await findDifferencesIn(request, ledger, chooseFiles(asked.files, request.filter.range))
  if (differences !== undefined) ledger.differences = differences
  const { answers, unread } = await askSilent(request, asked, asked.answers)
  if (unread !== undefined) ledger.unread = unread
  const before = asked.before === null ? null : (await askSilent(request, asked, asked.before)).answers
  return { ...asked, answers, before }
}

// Of a range: usage that was not understood, and the answers in which what that cost is not known.
async function askSilent(
  request: ReportRequest,
  { engine, questions, prices, files, summaries, askAgain }: AskedReport,
  answers: Answers,
): Promise<{ answers: Answers; unread: Ledger['unread'] }> {
  const { range } = answers
  const table = tableOfUsage(questions, answers)
  const isByKind = request.filter.conditions.some(({ column }) => column === 'event')
  if (table === undefined || prices === null || isByKind) return { answers, unread: undefined }
  const chosen = chooseFiles(files, range)
  const inRange = { ...request, filter: { ...request.filter, range } }
  const all = eventsWithoutUsage(table, prices)
  const unread = await findUnreadIn(inRange, all, chosen, prices, engine)
  const silentLogs = await findSilentLogs({
    unread,
    all,
    files: chosen,
    summaries: chooseFiles(summaries, range),
    ask: async part => {
      const own = tableOfUsage(questions, await askAgain(range, part))
      return own === undefined ? undefined : eventsWithoutUsage(own, prices)
    },
  })
  // Ids that are counted once in all logs are known only where all are read at once; what came through a pipe is gone.
  const isOneReading = request.filter.dedupe === 'all' || files.some(isStream)
  if (silentLogs.size === 0 || isOneReading) return { answers, unread }
  const told = await askAgain(range, { silentLogs })
  const tally = { ...told.tally, ledger: answers.tally.ledger }
  return { answers: { ...told, tally, byName: new Map([...told.byName, [questions[0]!.name, tally]]) }, unread }
}

/** How the rate classes of the answers get their cost. */
export function pricingOfAnswers(request: ReportRequest, { prices, answers, before }: AskedReport) {
  return openPricing(prices, request.money.cost, before === null ? [answers] : [answers, before])
}

export function buildReport(request: ReportRequest, asked: AskedReport): Report {
  const { prices, answers, before } = asked
  const pricing = pricingOfAnswers(request, asked)
  const currency = prices === null ? null : currencyOf(request, answers.tally)
  const { filter, view, now } = request
  if (filter.scope !== undefined) hideOthers(answers.tally.ledger)
  return view.report.build({
    ...settingsOf(request),
    ...pricing,
    zone: filter.zone,
    filters: filter.asGiven,
    now,
    currency,
    tally: answers.tally,
    answers,
    before,
  })
}

function settingsOf({ filter, view }: ReportRequest): ReportSettings {
  const { report: _report, compareWith: _compareWith, ...settings } = view
  return { range: filter.range, ...settings }
}

function comparedRange({ filter: { range }, view: { compareWith, report } }: ReportRequest): NamedRange | null {
  if (compareWith !== null || report.isAlwaysCompared !== true || range.previous === null) return compareWith
  return unnamedRange(range.previous)
}

// The rate of the range's last instant, or where that is open, of the last event's; null for dollars.
function currencyOf({ filter, money, now }: ReportRequest, tally: Tally): CurrencyRate | null {
  if (money.currency === null) return null
  const lastInstant = Number.isFinite(tally.lastInstant) ? tally.lastInstant + 1 : now
  const rate = currencyRateOf(money.currencies, money.currency, (filter.range.to ?? lastInstant) as Instant)
  return rate.currency === 'USD' ? null : rate
}

// How rate classes get their cost, and what the report says of the prices that it used.
function openPricing(
  prices: PriceBook | null,
  mode: CostMode | null,
  answers: readonly Answers[],
): { basisOf: BasisOf; prices: ReportInput['prices'] } {
  if (prices === null || mode === null) return { basisOf: () => ({ from: 'unpriced' }), prices: null }
  const tables = answers.flatMap(({ byName }) => [...byName.values()].flatMap(tally => [...tally.tables.values()]))
  const rateClasses = function* () {
    for (const table of tables) yield* rateClassesOf(table)
  }
  return {
    basisOf: rateClass => costBasisOf(rateClass, prices.rateOf(rateClass), mode),
    prices: Object.assign(prices.pricesUsed(rateClasses()), {
      mode,
      whyUnpriced: (rateClass: RateClass) => whyUnpriced(prices, rateClass, mode),
    }),
  }
}
