// Single events: counted by the hour first, so that only the hours of the page are read line by line.
// Longer than usual: one page and all pages take the same steps.
import { addAll, addFirst, largestOf, smallestOf } from '../../base/lists.ts'
import type { RunHooks, RunRequest } from '../../engine/engine.ts'
import { streamEvents } from '../../engine/local/stream-events.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { type Failure, hideFailures, hideOthers, type Ledger } from '../../query/ledger.ts'
import type { Query, Range } from '../../query/query.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import type { ListedEvent } from '../../report/event/event-object.ts'
import { countRemoved } from '../../tally/answer-summary.ts'
import type { LogSummary } from '../../tally/log-summary.ts'
import { startOfTimeKey } from '../../tally/time-keys.ts'
import { openLogsOf, tellOfLogs } from '../log/open-logs.ts'
import { findDifferencesIn } from '../report/find-differences.ts'
import { findSummaries } from '../report/find-summaries.ts'
import type { EventFilter, EventsRequest, LogRequest, PlaceInEvents } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'
import { type EventCosts, openEventCosts } from './event-costs.ts'
import { EventPage } from './event-page.ts'
import { eventsOfLines } from './events-of-lines.ts'
import { readByCost } from './list-by-cost.ts'
import { placeBehind, withOffset, withRange } from './place-in-events.ts'
import { ResolvedEvents } from './resolved-events.ts'

const HOUR_MS = 3_600_000
type Page = EventsRequest['page']

/** So many are read at once where all are wanted. */
const PAGE_EVENTS = 10_000

export interface EventsAnswer {
  readonly events: readonly ListedEvent[]
  /** How many there are, on the page and off it. */
  readonly total: number
  /** How many come before the page. */
  readonly offset: number
  /** Where the next page begins, where there is one and it was asked for. */
  readonly next: PlaceInEvents | undefined
  readonly ledger: Ledger
  readonly firstInstant: number
  readonly lastInstant: number
  /** All log files that there are, chosen or not. */
  readonly files: readonly LogFile[]
}

export async function listEvents(asked: EventsRequest, hooks: RunHooks): Promise<EventsAnswer> {
  const { logs, filter } = asked
  const opened = await openLogsOf(asked, hooks)
  const { files } = opened
  const costs = await openEventCosts(logs.root)
  const removed = await findSummaries(logs.places, logs.cwd, files)
  const { counted: ids } = removed
  const chosen = chooseFiles(files, filter.range)
  hooks.onFiles?.(chosen)
  const countIn = async (range: Range) => (await countHours(withRange(asked, range), chosen, ids, {})).ledger.used
  const request = await withOffset(asked, countIn)
  const canReadTwice = !chosen.some(isStream) && !isByCost(request)
  const counted = canReadTwice ? await countHours(request, chosen, ids, hooks) : undefined
  const part = counted === undefined ? wholePage(request) : partOf(counted.hours, request)
  const silently = counted === undefined ? hooks : {}
  const read = isByCost(request)
    ? await readCostPage(request, chosen, ids, costs, hooks)
    : await readPart(request, chosen, part, ids, costs, silently)
  const { events, ...whole } = read
  const known = counted ?? whole
  addFirst(known.ledger.failures, removed.failures)
  tellOfLogs(known.ledger, opened)
  const differences = await findDifferencesIn(request, known.ledger, chosen)
  if (differences !== undefined) known.ledger.differences = differences
  if (filter.scope !== undefined) hideOthers(known.ledger)
  return {
    events: await new ResolvedEvents(request, files, ids).mark(events),
    total: known.ledger.used,
    offset: request.page.offset,
    next: isByCost(request) ? undefined : await placeBehind(request, events, known.ledger.used, countIn),
    ledger: withRemoved(request, known.ledger, chooseFiles(removed.summaries, filter.range)),
    firstInstant: known.firstInstant,
    lastInstant: known.lastInstant,
    files,
  }
}

// No line stands for what was pruned.
function withRemoved(request: EventsRequest, ledger: Ledger, summaries: readonly LogSummary[]): Ledger {
  const { range, zone } = request.filter
  const query = buildQuery(request, range)
  const fields = summaries.reduce((sum, summary) => sum + countRemoved(query, summary, zone), 0)
  return fields === 0 ? ledger : { ...ledger, summarized: { events: 0, days: 0, unusedBy: { fields } } }
}

/** All events of a question in its order, some at a time. What is appended meanwhile may be left out. */
export async function* eventPages(
  request: LogRequest,
  page: Pick<Page, 'order' | 'sort' | 'costTests'>,
  hooks: RunHooks,
) {
  const { logs, filter } = request
  const costs = await openEventCosts(logs.root)
  const { files, failures } = await openLogsOf(request, hooks)
  const removed = await findSummaries(logs.places, logs.cwd, files)
  const { counted: ids } = removed
  const missed = [...failures, ...removed.failures]
  const chosen = chooseFiles(files, filter.range)
  hooks.onFiles?.(chosen)
  const whole = { ...request, page: { ...page, offset: 0, limit: Number.POSITIVE_INFINITY } }
  if (chosen.some(isStream) || isByCost(whole)) {
    const { events, ledger } = isByCost(whole)
      ? await readCostPage(whole, chosen, ids, costs, hooks)
      : await readPage(whole, chosen, wholePage(whole), ids, costs, hooks)
    yield { events, failures: told(filter, [...missed, ...ledger.failures]) }
    return
  }
  const resolved = new ResolvedEvents(request, files, ids)
  const counted = await countHours(whole, chosen, ids, hooks)
  addAll(missed, counted.ledger.failures)
  // What could not be read is told even where nothing else is there.
  if (missed.length > 0 && counted.ledger.used === 0) yield { events: [], failures: told(filter, missed) }
  for (let offset = 0; offset < counted.ledger.used; offset += PAGE_EVENTS) {
    const part = { ...whole, page: { ...page, offset, limit: PAGE_EVENTS } }
    const { events } = await readPart(part, chosen, partOf(counted.hours, part), ids, costs, silently(hooks))
    yield { events: await resolved.mark(events), failures: told(filter, missed) }
  }
}

function told({ scope }: EventFilter, failures: readonly Failure[]): readonly Failure[] {
  return scope === undefined ? failures : hideFailures(failures)
}

// Rejected lines were told of when the events were counted.
function silently({ onProgress }: RunHooks): RunHooks {
  return onProgress === undefined ? {} : { onProgress }
}

// Events may be dated outside their file's day, so what is counted is found in all files if not near.
async function readPart(
  request: EventsRequest,
  chosen: readonly LogFile[],
  part: PagePart,
  ids: NonNullable<RunRequest['counted']>,
  costs: EventCosts,
  hooks: RunHooks,
): Promise<ReadPage> {
  const near = chooseFiles(chosen, part.range)
  // An id that counts once across files may stand in any of them.
  const read = await readPage(request, request.filter.dedupe === 'all' ? chosen : near, part, ids, costs, hooks)
  const isAll = part.count === undefined || read.ledger.used >= part.count || near.length === chosen.length
  return isAll ? read : await readPage(request, chosen, part, ids, costs, {})
}

interface ReadPage {
  readonly events: readonly ListedEvent[]
  readonly ledger: Ledger
  readonly firstInstant: number
  readonly lastInstant: number
}

async function readPage(
  request: EventsRequest,
  files: readonly LogFile[],
  { range, offset }: PagePart,
  counted: NonNullable<RunRequest['counted']>,
  costs: EventCosts,
  hooks: RunHooks,
): Promise<ReadPage> {
  const page = new EventPage(offset + request.page.limit, request.page.order)
  const numbers = new Map(files.map((file, index) => [file, index]))
  let firstInstant = Number.POSITIVE_INFINITY
  let lastInstant = Number.NEGATIVE_INFINITY
  const { formatOf, openStdin } = request.logs
  const streaming = { query: buildQuery(request, range), files, formatOf, openStdin, hooks, counted }
  const ledger = await streamEvents(streaming, (judged, file) => {
    for (let index = 0; index < judged.used; index++) {
      const row = judged.rows[index]!
      const instant = judged.instants[row]!
      firstInstant = Math.min(firstInstant, instant)
      lastInstant = Math.max(lastInstant, instant)
      if (!page.mayHold(instant)) continue
      const bytes = Uint8Array.from(judged.batch.lineBytesOf(row))
      page.add({ instant, file: numbers.get(file)!, line: judged.batch.lines[row]!, bytes })
    }
  })
  const entries = page.take(offset).map(({ file, bytes }) => ({ file: files[file]!, bytes }))
  return { events: eventsOfLines(request, entries, costs), ledger, firstInstant, lastInstant }
}

function isByCost({ page: { sort, costTests = [] } }: EventsRequest): boolean {
  return sort === 'cost' || costTests.length > 0
}

async function readCostPage(
  request: EventsRequest,
  files: readonly LogFile[],
  ids: NonNullable<RunRequest['counted']>,
  costs: EventCosts,
  hooks: RunHooks,
): Promise<ReadPage> {
  const query = buildQuery(request, request.filter.range)
  const { lines, ...read } = await readByCost(request, files, query, costs, ids, hooks)
  return { ...read, events: eventsOfLines(request, lines, costs) }
}

interface Counted {
  /** How many events each hour has, by its first instant, in order of time. */
  readonly hours: readonly (readonly [number, number])[]
  readonly ledger: Ledger
  readonly firstInstant: number
  readonly lastInstant: number
}

async function countHours(
  request: EventsRequest,
  files: readonly LogFile[],
  counted: NonNullable<RunRequest['counted']>,
  hooks: RunHooks,
): Promise<Counted> {
  const { formatOf, openStdin } = request.logs
  const { range, zone } = request.filter
  const query = buildQuery(request, range)
  const tally = await openEngine(request.engine).run({ query, files, formatOf, openStdin, hooks, counted })
  const table = tally.tables.get('hours')!
  const hours = Array.from({ length: table.size }, (_, slot): [number, number] => [
    startOfTimeKey('hour', table.keyOf(slot, 0) as number, zone),
    Number(table.sums[0]!.get(slot)),
  ])
  hours.sort(([a], [b]) => a - b)
  return { hours, ledger: tally.ledger, firstInstant: tally.firstInstant, lastInstant: tally.lastInstant }
}

/** What must be read for a page, and how many of its first events come before the page. */
interface PagePart {
  readonly range: Range
  readonly offset: number
  /** How many events there are to read; undefined where nobody has counted. */
  readonly count?: number
}

function wholePage({ filter: { range }, page: { offset } }: EventsRequest): PagePart {
  return { range, offset }
}

function partOf(hours: Counted['hours'], { filter: { range }, page }: EventsRequest): PagePart {
  const { offset, limit, order } = page
  const ordered = order === 'newest' ? hours.toReversed() : hours
  let before = 0
  const needed: number[] = []
  let offsetInPart = 0
  let countOfPart = 0
  for (const [start, count] of ordered) {
    const isBefore = before + count <= offset
    if (!isBefore && before < offset + limit) {
      if (needed.length === 0) offsetInPart = offset - before
      needed.push(start)
      countOfPart += count
    }
    before += count
  }
  if (needed.length === 0) return { range: { from: 0, to: 0 }, offset: 0, count: 0 }
  // A change of clocks makes an hour that is cut in two; its parts are hours of their own.
  const [first, last] = [smallestOf(needed), largestOf(needed)]
  const end = hours.find(([start]) => start > last)?.[0] ?? last + 2 * HOUR_MS
  return {
    range: {
      from: range.from === null ? first : Math.max(first, range.from),
      to: range.to === null ? end : Math.min(end, range.to),
    },
    offset: offsetInPart,
    count: countOfPart,
  }
}

/** All kinds of events; the group-by counts the hours. */
export function buildQuery({ logs, filter }: Pick<LogRequest, 'logs' | 'filter'>, range: Range): Query {
  return {
    range: { from: range.from, to: range.to },
    timezone: filter.zone.name,
    logTimezone: logs.logTimezone,
    kinds: 'all',
    scope: filter.scope,
    conditions: filter.conditions,
    dedupe: filter.dedupe,
    cuts: NO_CUTS,
    extras: filter.extras,
    groupBys: [{ name: 'hours', keys: ['hour'], sums: ['analyses'], hasDurations: false, hasExtent: false }],
  }
}
