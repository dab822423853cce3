// Adds up the logs of this machine for a report elsewhere. Each log is added up by itself, as a report would read it.
import { InputError, MemoryError, optionName, UsageError } from '../../base/errors.ts'
import type { CountedIds, Engine, RunHooks } from '../../engine/engine.ts'
import { isMixed } from '../../engine/tallies/add-hourly.ts'
import type { AddedLog } from '../../engine/tallies/added-log.ts'
import { readBeginnings } from '../../engine/tallies/beginnings.ts'
import { encodeTallyFile } from '../../engine/tallies/tally-file.ts'
import { isStream, type LogFile, stemOf } from '../../log/log-file.ts'
import { openUnpacked } from '../../log/open-log.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import type { Failure } from '../../query/ledger.ts'
import { HOURLY, type HourlyReading, hourlyQuery } from '../../tally/hourly-sums.ts'
import type { Tally } from '../../tally/tally.ts'
import { openLogsOf } from '../log/open-logs.ts'
import { findDifferencesIn } from '../report/find-differences.ts'
import { type FoundSummary, findSummaries, logPathOf } from '../report/find-summaries.ts'
import type { LogRequest } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'

export interface ExportedTally {
  readonly bytes: Uint8Array
  readonly logs: number
  readonly events: number
  /** A report will tell of them too. */
  readonly failures: readonly Failure[]
}

export async function exportTally(
  request: LogRequest,
  hooks: Pick<RunHooks, 'onFiles' | 'onProgress'>,
): Promise<ExportedTally> {
  const { logs, filter } = request
  refuseDedupe(filter.dedupe)
  const { files, failures, sources, warnings } = await openLogsOf(request, hooks)
  hooks.onFiles?.(files)
  const removed = await findSummaries(logs.places, logs.cwd, files)
  const { cuts } = await openPriceBook(logs.root)
  const reading = { timezone: filter.zone.name, logTimezone: logs.logTimezone, dedupe: filter.dedupe, cuts }
  const adder = { request, hooks, engine: openEngine(request.engine), reading, counted: removed.counted }
  const added: AddedLog[] = []
  for (const file of files) added.push(await addUp(file, adder))
  const about = { sources, warnings, failures: [...failures, ...removed.failures] }
  const bytes = encodeTallyFile({ reading, logs: added, summaries: namedByLog(removed.summaries, files), ...about })
  if (bytes === undefined) {
    const hint = 'Export fewer logs at a time, each into a tally of its own.'
    throw new MemoryError('tally-too-large', 'The sums of these logs are too large for one file.', { hint })
  }
  return {
    bytes,
    logs: added.length,
    events: added.reduce((sum, { all }) => sum + all.ledger.used, 0),
    failures: [...about.failures, ...added.flatMap(({ all }) => all.ledger.failures)],
  }
}

interface Adder {
  readonly request: LogRequest
  readonly hooks: Pick<RunHooks, 'onFiles' | 'onProgress'>
  readonly engine: Engine
  readonly reading: HourlyReading
  readonly counted: ReadonlyMap<string, CountedIds>
}

async function addUp(file: LogFile, adder: Adder): Promise<AddedLog> {
  refuseStream(file)
  const all = await ask('all', file, adder)
  refuseSums(file, all)
  const hasMixed = isMixed(all.tables.get(HOURLY.name)!)
  const usage = hasMixed ? await ask('usage', file, adder) : undefined
  if (usage !== undefined && usage.ledger.read !== all.ledger.read)
    throw new InputError('log-changes', `${file.name} was written to while it was added up.`, {
      where: { file: file.path },
      hint: 'Export it again when its day is over.',
    })
  // No more of a log that grows than was added up.
  const isPlain = file.packing === 'none' && file.made === undefined
  const mostBytes = isPlain ? all.ledger.bytes : Number.POSITIVE_INFINITY
  const hasFailed = all.ledger.failures.length > 0
  const beginnings = hasFailed ? [] : await readBeginnings(openUnpacked(file.path, file.packing), mostBytes)
  const differences = await findDifferencesIn(adder.request, all.ledger, [file])
  return { name: file.name, days: file.days, reading: adder.reading, all, usage, beginnings, differences }
}

async function ask(kinds: 'all' | 'usage', file: LogFile, { request, hooks, engine, reading, counted }: Adder) {
  const { formatOf, openStdin } = request.logs
  return await engine.run({ query: hourlyQuery(kinds, reading), files: [file], formatOf, openStdin, hooks, counted })
}

function refuseDedupe(dedupe: HourlyReading['dedupe']): void {
  if (dedupe !== 'all') return
  throw new UsageError(
    'dedupe-not-kept',
    `${optionName('dedupe')} all: a tally does not say which ids it has counted.`,
    {
      where: { option: 'dedupe' },
      hint: `Use ${optionName('dedupe')} file or off.`,
    },
  )
}

function refuseStream(file: LogFile): void {
  if (!isStream(file)) return
  throw new UsageError('tally-of-a-pipe', `${file.name} can be read only once.`, {
    where: { option: 'logs' },
    hint: 'Write it to a file first: two tallies of one log are told by its first lines.',
  })
}

// Where a line stands for many requests, the sums do not say how many lines they are of.
function refuseSums(file: LogFile, { tables, ledger }: Tally): void {
  const { sums, size } = tables.get(HOURLY.name)!
  let requests = 0
  for (let slot = 0; slot < size; slot++) requests += Number(sums[HOURLY.sums.indexOf('analyses')]!.get(slot))
  if (requests === ledger.used) return
  throw new InputError('tally-of-sums', `${file.name} holds sums of many requests, not single events.`, {
    where: { file: file.path },
    hint: 'Copy the file itself to where the report is made.',
  })
}

// Of what log a summary is, by the name that reports have for it.
function namedByLog(summaries: readonly FoundSummary[], files: readonly LogFile[]): FoundSummary[] {
  const names = new Map(files.map(file => [logPathOf(file), stemOf(file.name)]))
  return summaries.map(summary => ({ ...summary, log: names.get(summary.log) ?? stemOf(summary.removed.log) }))
}
