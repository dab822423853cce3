// Reads all logs and reports what is wrong with them: lines that a report would reject, ids that occur twice, events in the wrong
// file or out of order, missing days, usage that is not understood, unknown models and clients.
import { formatDay } from '../../base/calendar.ts'
import { DAY_MS, type Day, type Zone } from '../../base/zone.ts'
import type { Engine, RunHooks } from '../../engine/engine.ts'
import { gapsBetween } from '../../log/days-of-files.ts'
import { keepPipes, keepStream } from '../../log/keep-stream.ts'
import type { DaySpan, LogFile } from '../../log/log-file.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import { serviceTierOf } from '../../pricing/terms.ts'
import { addLedger, emptyLedger, type Ledger } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import type { Groups } from '../../tally/groups.ts'
import type { Tally } from '../../tally/tally.ts'
import { eventsWithoutUsage, usageByKind } from '../report/events-without-usage.ts'
import { findDifferences } from '../report/find-differences.ts'
import { findUnreadUsage } from '../report/find-unread-usage.ts'
import type { LogSource } from '../request/requests.ts'
import { openEngine, UNCACHED } from '../workspace/open-engine.ts'
import { countBackwards } from './count-backwards.ts'
import { readKnownClients } from './known-clients.ts'
import { openLogs, tellOfLogs } from './open-logs.ts'

export interface CheckRequest {
  readonly logs: LogSource
  /** The time zone in which the days of files and events begin. */
  readonly zone: Zone
}

export interface CheckedFile {
  readonly name: string
  readonly ledger: Ledger
  /** Events of other days than those in the file's name. */
  readonly outsideDay: number
  /** Events more than a minute earlier than the one above them. */
  readonly backwards: number
}

export interface LogCheck {
  readonly files: readonly CheckedFile[]
  /** The sum over all files. */
  readonly ledger: Ledger
  /** Days between the first and the last file without one, as dates. */
  readonly missingDays: readonly string[]
  /** Ids that appear in several files. */
  readonly duplicatesAcrossFiles: number
  readonly unknownModels: readonly string[]
  /** Null if there is no clients.json to compare with. */
  readonly unknownClients: readonly string[] | null
  readonly isFine: boolean
}

/** Every file is read twice: by itself, and together with all others. */
export async function checkLogs(asked: CheckRequest, hooks: RunHooks): Promise<LogCheck> {
  const opened = await openLogs(asked.logs, hooks)
  const { files: there } = opened
  // Read twice, because ids that stand in several files are counted over all of them.
  const logs = { ...asked.logs, openStdin: keepStream(asked.logs.openStdin) }
  const request = { ...asked, logs }
  const found = keepPipes(there)
  hooks.onFiles?.([...found, ...found])
  const engine = openEngine(UNCACHED)
  const book = await openPriceBook(logs.root)
  const models = new Map<string, { model: string; provider: string | null; instant: number }>()
  const clients = new Set<string>()
  const files: CheckedFile[] = []
  const ledger = emptyLedger()
  for (const file of found) {
    const tally = await runQuery('file', [file], request, engine, book, hooks)
    files.push({
      name: file.name,
      ledger: tally.ledger,
      outsideDay: countOutside(tally.tables.get('days')!, file.days),
      backwards: await countBackwards(file, logs.formatOf(file), logs.logTimezone),
    })
    for (const { keys, instant } of rowsOf(tally.tables.get('models')!)) {
      const [model, provider] = keys as (string | null)[]
      if (model) models.set(`${provider} ${model}`, { model, provider: provider ?? null, instant })
    }
    for (const { keys } of rowsOf(tally.tables.get('clients')!)) if (keys[0] !== null) clients.add(String(keys[0]))
    addLedger(ledger, tally.ledger)
  }
  tellOfLogs(ledger, opened)
  const all = await runQuery('all', found, request, engine, book, hooks)
  const unread = await findUnread(all, found, request, engine, book)
  if (unread !== undefined) ledger.unread = unread
  const differences = await findDifferences({
    ledger,
    files: found,
    query: queryOf('file', request, book),
    formatOf: logs.formatOf,
  })
  if (differences !== undefined) ledger.differences = differences
  const known = readKnownClients(logs.root)
  const check = {
    files,
    ledger,
    missingDays: missingDays(found),
    duplicatesAcrossFiles: all.ledger.duplicate - ledger.duplicate,
    unknownModels: [...new Set([...models.values()].filter(use => !isPriced(book, use)).map(use => use.model))].sort(),
    unknownClients: known === undefined ? null : [...clients].filter(client => !known.has(client)).sort(),
  }
  return { ...check, isFine: isFine(check) }
}

function isFine(check: Omit<LogCheck, 'isFine'>): boolean {
  const { ledger, files, missingDays, duplicatesAcrossFiles, unknownModels, unknownClients } = check
  const counts = [ledger.rejected, ledger.duplicate, ledger.failures.length, duplicatesAcrossFiles]
  return (
    counts.every(count => count === 0) &&
    ledger.unread === undefined &&
    files.every(file => file.outsideDay === 0 && file.backwards === 0) &&
    [missingDays, unknownModels, unknownClients ?? []].every(list => list.length === 0)
  )
}

async function findUnread(
  { tables }: Tally,
  files: readonly LogFile[],
  request: CheckRequest,
  engine: Engine,
  prices: PriceBook,
): Promise<Ledger['unread']> {
  const { formatOf, openStdin } = request.logs
  const query = queryOf('file', request, prices)
  const all = eventsWithoutUsage(tables.get('usage')!, prices)
  return await findUnreadUsage({ all, files, query, formatOf, openStdin, prices, engine })
}

async function runQuery(
  dedupe: Query['dedupe'],
  files: readonly LogFile[],
  request: CheckRequest,
  engine: Engine,
  prices: PriceBook,
  hooks: RunHooks,
) {
  const { formatOf, openStdin } = request.logs
  return await engine.run({ query: queryOf(dedupe, request, prices), files, formatOf, openStdin, hooks })
}

function queryOf(dedupe: Query['dedupe'], { logs, zone }: CheckRequest, { cuts }: PriceBook): Query {
  const groupBy = (name: string, keys: string[]) => ({
    name,
    keys,
    sums: ['analyses'],
    hasDurations: false,
    hasExtent: true,
  })
  return {
    range: { from: null, to: null },
    timezone: zone.name,
    logTimezone: logs.logTimezone,
    kinds: 'all',
    conditions: [],
    dedupe,
    cuts,
    extras: [],
    groupBys: [
      groupBy('days', ['day']),
      groupBy('models', ['model', 'provider']),
      groupBy('clients', ['client']),
      usageByKind('usage'),
    ],
  }
}

interface GroupRow {
  readonly keys: readonly (string | number | null)[]
  /** The last of the group. */
  readonly instant: number
}

function rowsOf(table: Groups): GroupRow[] {
  return Array.from({ length: table.size }, (_, slot) => ({
    keys: table.tables.map((keys, column) => keys.valueOf(table.keys[column]![slot]!)),
    instant: table.lasts[slot]!,
  }))
}

function countOutside(days: Groups, own: DaySpan | null): number {
  if (own === null) return 0
  let count = 0
  for (let slot = 0; slot < days.size; slot++) {
    const day = Number(days.tables[0]!.valueOf(days.keys[0]![slot]!))
    if (day < own.first || day > own.last) count += Number(days.sums[0]!.get(slot))
  }
  return count
}

function missingDays(files: readonly LogFile[]): string[] {
  return gapsBetween(files).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => formatDay((first + index) as Day)),
  )
}

function isPriced(book: PriceBook, use: { model: string; provider: string | null; instant: number }): boolean {
  const dayMs = ((use.instant % DAY_MS) + DAY_MS) % DAY_MS
  return book.find({ ...use, dayMs, inputTokens: 0, serviceTier: serviceTierOf(null) }).period !== undefined
}
