// Puts questions that count the same events to the engine as one query.
import type { Engine, RunHooks, RunRequest } from '../../engine/engine.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import type { Pricing } from '../../query/event-price.ts'
import { isCostMeasure } from '../../query/measures.ts'
import { type ExtraColumn, type GroupBy, type Query, type Range, USAGE_EVENTS } from '../../query/query.ts'
import type { NamedRange } from '../../query/range.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import { usageByModel } from '../../report/group/usage-rates.ts'
import type { Question } from '../../report/model/report-definition.ts'
import { compareKeys } from '../../report/table/order.ts'
import { joinBlocks } from '../../tally/join-blocks.ts'
import { joinVersions } from '../../tally/join-versions.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import type { Tally } from '../../tally/tally.ts'
import type { EventFilter, LogRequest } from '../request/requests.ts'
import { pricingOf } from '../workspace/open-prices.ts'
import { type FoundSummary, logPathOf } from './find-summaries.ts'
import { addSilent } from './silent-logs.ts'

export interface Asking {
  readonly request: Pick<LogRequest, 'logs' | 'filter'>
  readonly questions: readonly Question[]
  readonly range: NamedRange
  readonly prices: PriceBook | null
  readonly cost: CostMode | null
  /** For sessions at the borders of the range. */
  readonly idleMs: number
  readonly files: readonly LogFile[]
  /** Of events that were removed from these files. */
  readonly summaries: readonly FoundSummary[]
  /** Ids that these have counted; see RunRequest. */
  readonly counted: NonNullable<RunRequest['counted']>
  readonly engine: Engine
  readonly hooks: RunHooks
  /** Paths, as `logPathOf` makes them, of logs whose analyses have an unknown cost. */
  readonly silentLogs?: ReadonlySet<string>
  /** Of models that the range is known to have events of, whether these carry usage; asked only where events are priced. */
  readonly usageByModel?: () => ReadonlyMap<KeyValue, boolean>
}

/** What it takes to ask once. */
export type AskingOnce = Omit<Asking, 'questions' | 'range' | 'idleMs' | 'summaries'>

export async function askOnce(asking: AskingOnce, questions: readonly Question[], range: Range): Promise<Tally> {
  const { request, engine, hooks } = asking
  const files = chooseFiles(asking.files, range)
  hooks.onFiles?.(files)
  const { formatOf, openStdin } = request.logs
  const query = buildQuery(asking, questions, range)
  const ask = async (files: readonly LogFile[], usageByModel: Asking['usageByModel']) => {
    const run = (query: Query, hooks: RunHooks) =>
      engine.run({ query, files, formatOf, openStdin, hooks, counted: asking.counted })
    const tally = await run(query, hooks)
    const pricing = query.pricing && pricingFor(query.pricing, tally, usageByModel)
    // Events are priced one by one before it is known whether any of their model carries usage.
    return pricing === query.pricing ? tally : await run({ ...query, pricing: pricing! }, quietly(hooks))
  }
  const silent = new Set(files.filter(file => asking.silentLogs?.has(logPathOf(file)) === true))
  const others = await ask(
    files.filter(file => !silent.has(file)),
    asking.usageByModel,
  )
  const tally = silent.size === 0 ? others : addSilent(query, others, await ask([...silent], undefined))
  const { joinsVersions, joinsBlocks } = request.filter
  if (!joinsVersions && !joinsBlocks) return tally
  const joined = joinsVersions ? joinVersions(query, tally) : tally
  return joinsBlocks ? joinBlocks(query, joined) : joined
}

function pricingFor(pricing: Pricing, tally: Tally, known: Asking['usageByModel']): Pricing {
  const all = new Map([...usageByModelOf(tally), ...(known?.() ?? [])])
  const silentModels = [...all].flatMap(([model, carriesUsage]) => (carriesUsage ? [] : [model as string | null]))
  return silentModels.length === 0 ? pricing : { ...pricing, silentModels: silentModels.sort(compareKeys) }
}

/** Whether events of a model carry usage, of those that some table tells of. */
export function usageByModelOf({ tables }: Tally): ReadonlyMap<KeyValue, boolean> {
  const all = new Map<KeyValue, boolean>()
  for (const table of tables.values()) for (const [model, carries] of usageByModel(table)) all.set(model, carries)
  return all
}

/** What is told besides the answer was told when it was first asked for. */
export function quietly({ onFiles, onProgress }: RunHooks): RunHooks {
  return { ...(onFiles && { onFiles }), ...(onProgress && { onProgress }) }
}

export function buildQuery(asking: AskingOnce, questions: readonly Question[], range: Range): Query {
  const { request, prices, cost } = asking
  const { scope, zone, conditions, dedupe, extras } = request.filter
  const pricing = prices === null || cost === null ? undefined : pricingOf(prices, cost)
  const kinds = kindsOf(questions[0]!, request.filter)
  const groupBys = questions
    .flatMap(question => question.groupBys)
    .map(by => (pricing ? by : withoutCosts(by)))
    .map(by => (kinds === 'usage' ? by : withKind(by)))
  const isPriced = groupBys.some(by => by.sums.some(isCostMeasure))
  return {
    range: { from: range.from, to: range.to },
    timezone: zone.name,
    logTimezone: request.logs.logTimezone,
    kinds,
    scope,
    conditions,
    dedupe,
    // Sums without rate classes and costs do not depend on prices.
    cuts: isPriced || groupBys.some(by => by.keys.includes('rate')) ? (prices?.cuts ?? NO_CUTS) : NO_CUTS,
    ...(pricing !== undefined && isPriced ? { pricing } : {}),
    extras: mergeExtras([...questions.flatMap(question => question.extras), ...extras]),
    groupBys,
  }
}

// Of events that are no analyses a part may have nothing to price; their kind tells, whatever else they are grouped by.
function withKind(by: GroupBy): GroupBy {
  const rateAt = by.keys.indexOf('rate')
  if (rateAt < 0 || by.keys.includes('event')) return by
  return { ...by, keys: ['event', ...by.keys] }
}

function withoutCosts(by: GroupBy): GroupBy {
  return { ...by, sums: by.sums.filter(sum => !isCostMeasure(sum)) }
}

// Who filters by kind wants the events of that kind counted, whatever the report counts else.
function kindsOf({ kinds }: Question, { conditions }: EventFilter): Query['kinds'] {
  const isUsageOnly = kinds === 'usage' || (Array.isArray(kinds) && kinds.includes(USAGE_EVENTS))
  return isUsageOnly && conditions.some(({ column }) => column === 'event') ? 'all' : kinds
}

function mergeExtras(extras: readonly ExtraColumn[]): ExtraColumn[] {
  return [...new Map(extras.map(extra => [extra.name, extra])).values()]
}
