// Puts the questions of a report to the engine, for one range. Those that count the same events are asked in one pass.
import { DAY_MS } from '../base/zone.ts'
import type { Engine, RunHooks } from '../engine/engine.ts'
import { chooseFiles } from '../log/find-logs.ts'
import type { LogFile } from '../log/log-file.ts'
import type { PriceBook } from '../pricing/price-book.ts'
import type { CostMode } from '../query/cost-mode.ts'
import { isCostMeasure } from '../query/measures.ts'
import { type ExtraColumn, type GroupBy, type Query, type Range, USAGE_EVENTS } from '../query/query.ts'
import type { NamedRange } from '../query/range.ts'
import { NO_CUTS } from '../query/rate-cuts.ts'
import type { Answers, Question } from '../report/report-definition.ts'
import { buildSessions } from '../report/sessions.ts'
import { joinVersions } from '../tally/join-versions.ts'
import type { LogSummary } from '../tally/log-summary.ts'
import type { Tally } from '../tally/tally.ts'
import { type AnsweredPass, addSummaries } from './add-summaries.ts'
import { pricingOf } from './open-prices.ts'
import type { LogRequest } from './run-report.ts'

export interface Asking {
  readonly request: LogRequest
  readonly questions: readonly Question[]
  readonly range: NamedRange
  readonly prices: PriceBook | null
  readonly cost: CostMode | null
  /** For sessions at the borders of the range. */
  readonly idleMs: number
  readonly files: readonly LogFile[]
  /** Of events that were removed from these files. */
  readonly summaries: readonly LogSummary[]
  readonly engine: Engine
  readonly hooks: RunHooks
}

export async function askQuestions(asking: Asking): Promise<Answers> {
  const { range } = asking
  const passes: AnsweredPass[] = []
  // What is rejected is told once, of the first question.
  let { hooks } = asking
  for (const questions of passesOf(asking.questions, range)) {
    const tally = questions[0]!.isWide
      ? await askWide({ ...asking, hooks }, questions, range)
      : await askOnce({ ...asking, hooks }, questions, range)
    passes.push({ questions, query: buildQuery(asking, questions, range), tally })
    hooks = {
      ...(hooks.onFiles && { onFiles: hooks.onFiles }),
      ...(hooks.onProgress && { onProgress: hooks.onProgress }),
    }
  }
  const byName = new Map<string, Tally>()
  const answered = addSummaries(passes, asking.summaries, asking.request.zone)
  for (const { questions, tally } of answered) for (const { name } of questions) byName.set(name, tally)
  const origins = passes.map(({ tally }) => tally.origin)
  const isKnown = asking.summaries.length === 0 && !origins.includes(undefined)
  const answers = { range, tally: byName.get(asking.questions[0]!.name)!, byName }
  return isKnown ? { ...answers, origin: JSON.stringify(origins) } : answers
}

// Without borders there is nothing around the range.
function passesOf(questions: readonly Question[], range: Range): Question[][] {
  const isOpen = range.from === null && range.to === null
  const passes: Question[][] = []
  for (const question of questions) {
    const asked = isOpen ? { ...question, isWide: false } : question
    const same = passes.find(
      ([first]) => String(first!.kinds) === String(asked.kinds) && (first!.isWide ?? false) === (asked.isWide ?? false),
    )
    if (same === undefined) passes.push([asked])
    else same.push(asked)
  }
  return passes
}

async function askOnce(asking: Asking, questions: readonly Question[], range: Range): Promise<Tally> {
  const { request, engine, hooks } = asking
  const files = chooseFiles(asking.files, range)
  hooks.onFiles?.(files)
  const query = buildQuery(asking, questions, range)
  const tally = await engine.run({ query, files, formatOf: request.formatOf, openStdin: request.openStdin, hooks })
  return request.joinsVersions ? { ...joinVersions(query, tally), ...originOf(tally) } : tally
}

function originOf({ origin }: Tally): Pick<Tally, 'origin'> {
  return origin === undefined ? {} : { origin }
}

// A day on either side, and more behind the range for as long as a session of the range may go on there. Sessions that began
// before the range count elsewhere, so that nothing more is to be known of them.
async function askWide(asking: Asking, questions: readonly Question[], range: Range): Promise<Tally> {
  const { idleMs } = asking
  const leastMs = Math.max(DAY_MS, 2 * idleMs)
  const from = range.from === null ? null : range.from - leastMs
  for (let marginMs = leastMs; ; marginMs *= 4) {
    const to = range.to === null ? null : range.to + marginMs
    const tally = await askOnce(asking, questions, { from, to })
    if (to === null) return tally
    const sessions = buildSessions(tally.tables.get('sessions')!)
    if (sessions.lastOf(range) < to - idleMs) return tally
  }
}

function buildQuery(asking: Asking, questions: readonly Question[], range: Range): Query {
  const { request, prices, cost } = asking
  const { zone, logTimezone, conditions, dedupe } = request
  const pricing = prices === null || cost === null ? undefined : pricingOf(prices, cost)
  const groupBys = questions.flatMap(question => question.groupBys).map(by => (pricing ? by : withoutCosts(by)))
  const isPriced = groupBys.some(by => by.sums.some(isCostMeasure))
  return {
    range: { from: range.from, to: range.to },
    timezone: zone.name,
    logTimezone,
    kinds: kindsOf(questions[0]!, request),
    conditions,
    dedupe,
    // Sums without rate classes and costs do not depend on prices.
    cuts: isPriced || groupBys.some(by => by.keys.includes('rate')) ? (prices?.cuts ?? NO_CUTS) : NO_CUTS,
    ...(pricing !== undefined && isPriced ? { pricing } : {}),
    extras: mergeExtras([...questions.flatMap(question => question.extras), ...request.extras]),
    groupBys,
  }
}

function withoutCosts(by: GroupBy): GroupBy {
  return { ...by, sums: by.sums.filter(sum => !isCostMeasure(sum)) }
}

// Who filters by kind wants the events of that kind counted, whatever the report counts else.
function kindsOf({ kinds }: Question, { conditions }: LogRequest): Query['kinds'] {
  const isUsageOnly = kinds === 'usage' || (Array.isArray(kinds) && kinds.includes(USAGE_EVENTS))
  return isUsageOnly && conditions.some(({ column }) => column === 'event') ? 'all' : kinds
}

function mergeExtras(extras: readonly ExtraColumn[]): ExtraColumn[] {
  return [...new Map(extras.map(extra => [extra.name, extra])).values()]
}
