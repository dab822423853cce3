// Puts the questions of a report to the engine, for one range.
import type { Instant } from '../base/zone.ts'
import type { Engine, RunHooks } from '../engine/engine.ts'
import { chooseFiles } from '../log/find-logs.ts'
import type { LogFile } from '../log/log-file.ts'
import type { PriceBook } from '../pricing/price-book.ts'
import { type ExtraColumn, type Query, type Range, USAGE_EVENTS } from '../query/query.ts'
import type { NamedRange } from '../query/range.ts'
import { NO_CUTS } from '../query/rate-cuts.ts'
import type { Answers, Question } from '../report/report-definition.ts'
import type { Tally } from '../tally/tally.ts'
import type { LogRequest } from './run-report.ts'

export interface Asking {
  readonly request: LogRequest
  readonly questions: readonly Question[]
  readonly range: NamedRange
  readonly prices: PriceBook | null
  readonly files: readonly LogFile[]
  readonly engine: Engine
  readonly hooks: RunHooks
}

export async function askQuestions(asking: Asking): Promise<Answers> {
  const byName = new Map<string, Tally>()
  // What is rejected is told once, of the first question.
  let { hooks } = asking
  for (const question of asking.questions) {
    byName.set(question.name, await runQuestion({ ...asking, hooks }, question, asking.range))
    hooks = { ...(hooks.onProgress && { onProgress: hooks.onProgress }) }
  }
  return { range: asking.range, tally: byName.get(asking.questions[0]!.name)!, byName }
}

async function runQuestion(asking: Asking, question: Question, range: Range): Promise<Tally> {
  const { request, engine, hooks } = asking
  const chosen = chooseFilesOf(asking.files, range, request)
  hooks.onFiles?.(chosen)
  const query = buildQuery(asking, question, range)
  return await engine.run({ query, files: chosen, formatOf: request.formatOf, stdin: request.stdin, hooks })
}

/** The files that a range can touch. */
export function chooseFilesOf(files: readonly LogFile[], range: Range, { zone }: Pick<LogRequest, 'zone'>): LogFile[] {
  const { from, to } = range
  const firstDay = from === null ? null : zone.dayOf(from as Instant)
  const lastDay = to === null ? null : zone.dayOf((to - 1) as Instant)
  return chooseFiles(files, firstDay, lastDay)
}

function buildQuery({ request, prices }: Asking, question: Question, range: Range): Query {
  const { zone, logTimezone, conditions, dedupe } = request
  return {
    range: { from: range.from, to: range.to },
    timezone: zone.name,
    logTimezone,
    kinds: kindsOf(question, request),
    conditions,
    dedupe,
    cuts: prices?.cuts ?? NO_CUTS,
    extras: mergeExtras(question.extras, request.extras),
    groupBys: question.groupBys,
  }
}

// Who filters by kind wants the events of that kind counted, whatever the report counts else.
function kindsOf({ kinds }: Question, { conditions }: LogRequest): Query['kinds'] {
  const isUsageOnly = kinds === 'usage' || (Array.isArray(kinds) && kinds.includes(USAGE_EVENTS))
  return isUsageOnly && conditions.some(({ column }) => column === 'event') ? 'all' : kinds
}

function mergeExtras(own: readonly ExtraColumn[], asked: readonly ExtraColumn[]): ExtraColumn[] {
  return [...new Map([...own, ...asked].map(extra => [extra.name, extra])).values()]
}
