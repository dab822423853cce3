// The usage of a period as a FOCUS file, and checking such a file.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { dateOfDay, firstOfMonth, formatDay } from '../../base/calendar.ts'
import { InputError, optionName, systemReason, UsageError } from '../../base/errors.ts'
import { addAll } from '../../base/lists.ts'
import type { Day, Zone } from '../../base/zone.ts'
import type { RunHooks } from '../../engine/engine.ts'
import { type FocusCheck, FocusChecker } from '../../export/focus/check-focus.ts'
import type { FocusSource } from '../../export/focus/closed-period.ts'
import { csvRecords } from '../../export/focus/csv-records.ts'
import { type FocusVersion, NEWEST_FOCUS } from '../../export/focus/focus-columns.ts'
import { focusCsv } from '../../export/focus/focus-csv.ts'
import {
  type FocusFile,
  FocusRows,
  type FocusUsage,
  focusCorrections,
  meteredUsage,
} from '../../export/focus/focus-rows.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { RateClass } from '../../query/rate-class.ts'
import type { Scope } from '../../query/scope.ts'
import { listClients } from '../client/list-clients.ts'
import type { Host } from '../host.ts'
import { profileHome } from '../profile/home.ts'
import { periodName } from '../report/named-reports.ts'
import { type AskedChecks, checksThatFail, type Refusal } from '../request/checks.ts'
import type { FOCUS, OptionsOf, ReportOptions } from '../request/parameters.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { ClosedPeriods } from './closed-periods.ts'
import { askMeteredUsage, type MeteredUsage, requireEnded } from './metered-usage.ts'

export interface FocusOptions extends Omit<ReportOptions, keyof AskedChecks>, AskedChecks, OptionsOf<typeof FOCUS> {
  /** Whether what is written is what counts from now on: what changes later are corrections. */
  readonly close?: boolean | undefined
}

export interface FocusAnswer {
  readonly usage: MeteredUsage
  readonly refusals: readonly Refusal[]
  /** Whether the file is that of a period that was closed before. */
  readonly wasClosed: boolean
  /** The file in pieces; none where logs could not be read of a file that is to stay as it is. */
  readonly pieces: (Iterable<string> & object) | undefined
}

const DEFAULT_ACCOUNT = 'usagebook'

export async function exportFocus(
  options: FocusOptions,
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
  scope?: Scope,
): Promise<FocusAnswer> {
  const { focusVersion = NEWEST_FOCUS, close = false, corrections = false } = options
  const tagNames = [...new Set(options.tag ?? [])].filter(name => name !== 'profile')
  const fields = ['day', 'client', 'profile', 'model', ...tagNames]
  const ask = (own: Partial<ReportOptions>) =>
    askMeteredUsage({ ...options, ...own }, fields, host, workspace, hooks, scope)
  const usage = await ask({})
  const { request, report } = usage
  const refusals = checksThatFail(report, options)
  const billingAccount = options.billingAccount ?? DEFAULT_ACCOUNT
  const { zone, asGiven, scope: rules } = request.filter
  const way = { tagNames, billingAccount, zone: zone.name, filters: asGiven, scope: rules, cost: request.money.cost }
  const store = new ClosedPeriods(workspace.root, way)
  const { firstDay, lastDay } = close || corrections ? wholeDays(usage, close) : report.period
  const closed = firstDay === null || lastDay === null ? undefined : store.of(firstDay, lastDay)
  const names = await namesOfClients(host, workspace)
  const about = { tagNames, billingAccount, zone, firstDay: firstDay ?? 0 }
  if (closed !== undefined) {
    const file = fileOf(about, closed.source)
    return { usage, refusals, wasClosed: true, pieces: focusCsv(closed.rows, focusVersion, file) }
  }
  const corrected = corrections && refusals.length === 0 ? await correctionsBefore(firstDay!, store, ask) : []
  const isIncomplete = report.ledger.failures.length > 0 || corrected === undefined
  if ((close || corrections) && (isIncomplete || refusals.length > 0))
    return { usage, refusals, wasClosed: false, pieces: undefined }
  const source = { ...sourceOf(report), names: Object.fromEntries(names) }
  const rows = close ? [...corrected!, ...focusUsage(usage)] : both(corrected!, focusUsage(usage))
  if (close) {
    const [first, last] = [firstDay!, lastDay!]
    store.close(periodName(report.period), { firstDay: first, lastDay: last, source, rows: rows as FocusUsage[] })
  }
  return { usage, refusals, wasClosed: false, pieces: focusCsv(rows, focusVersion, fileOf(about, source)) }
}

function* both(first: Iterable<FocusUsage>, second: Iterable<FocusUsage>): Generator<FocusUsage> {
  yield* first
  yield* second
}

// What is closed, and what is corrected, are days; what is closed does not change by itself.
function wholeDays({ request, report: { period } }: MeteredUsage, close: boolean) {
  const { zone, range } = request.filter
  if (close) requireEnded(request, 'Closed files')
  const { firstDay, lastDay } = period
  const isWhole = firstDay !== null && range.from === zone.startOfDay(firstDay)
  const endsWhole = !close || (lastDay !== null && range.to === zone.startOfDay((lastDay + 1) as Day))
  if (isWhole && endsWhole) return { firstDay, lastDay }
  throw new UsageError('no-whole-days', 'What is closed or corrected are whole days.', {
    where: { option: 'period' },
    hint: `Add a period, such as ${optionName('period')} 2026-01 or last-month.`,
  })
}

// Undefined where logs could not be read, so that nobody can say what has changed.
async function correctionsBefore(
  day: Day,
  store: ClosedPeriods,
  ask: (own: Partial<ReportOptions>) => Promise<MeteredUsage>,
): Promise<FocusUsage[] | undefined> {
  const closed = store.all().filter(({ lastDay }) => lastDay < day)
  const now: FocusUsage[] = []
  for (const { firstDay, lastDay } of closed) {
    const [startDate, endDate] = [firstDay, lastDay].map(one => formatDay(one as Day))
    const range = { period: undefined, lastDays: undefined, lastHours: undefined, startDate, endDate }
    const usage = await ask(range)
    if (usage.report.ledger.failures.length > 0) return undefined
    addAll(now, [...focusUsage(usage)])
  }
  return focusCorrections(
    closed.flatMap(({ rows }) => rows),
    now,
  )
}

/** The rows of usage day by day, so that no more than those of a day are in memory. */
function* focusUsage({ rows, prices }: MeteredUsage): Generator<FocusUsage> {
  const providers = new Map<string, string>()
  const slots = Array.from({ length: rows.size }, (_, slot) => slot)
  const days = Int32Array.from(slots, slot => rows.at(slot).keys[0] as number)
  slots.sort((a, b) => days[a]! - days[b]!)
  for (let next = 0; next < slots.length; ) {
    const day = days[slots[next]!]
    const ofDay = new FocusRows()
    for (; next < slots.length && days[slots[next]!] === day; next++) {
      const row = rows.at(slots[next]!)
      const { rateClass } = row
      const key = `${rateClass.model} ${rateClass.provider}`
      const provider = providers.get(key) ?? providerOf(rateClass, prices)
      providers.set(key, provider)
      for (const one of meteredUsage(row, provider)) ofDay.add(one)
    }
    yield* ofDay.all()
  }
}

function sourceOf({ document, ledger: { read, used, rejected } }: MeteredUsage['report']): Omit<FocusSource, 'names'> {
  const { prices } = document as { readonly prices: FocusFile['prices'] }
  const { source, hash } = prices
  return { prices: { source, hash }, ledger: `read ${read}, used ${used}, rejected ${rejected}` }
}

function fileOf(
  about: Pick<FocusFile, 'billingAccount' | 'tagNames' | 'firstDay'> & { readonly zone: Zone },
  { names, prices, ledger }: FocusSource,
): FocusFile {
  const { zone, ...rest } = about
  const monthStart = (day: number, later: number) => {
    const { year, month } = dateOfDay(day as Day)
    return zone.startOfDay(month + later > 12 ? firstOfMonth(year + 1, 1) : firstOfMonth(year, month + later))
  }
  return {
    ...rest,
    prices,
    ledger,
    dayStart: day => zone.startOfDay(day as Day),
    monthOf: day => ({ start: monthStart(day, 0), end: monthStart(day, 1) }),
    nameOf: client => nameOf(client, names),
  }
}

// A column of names that all look like numbers would be read as numbers.
function nameOf(client: string, names: FocusSource['names']): string {
  const name = Object.hasOwn(names, client) ? names[client]! : client
  return /^[\d.,+\-\s:eE/]*$/.test(name) ? `Client ${name}` : name
}

async function namesOfClients(host: Host, { root }: Workspace): Promise<ReadonlyMap<string, string>> {
  const { clients } = await listClients(profileHome(root, host, () => undefined))
  return new Map(clients.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])))
}

// Who is asked: as the log says, or as the price book knows the model.
function providerOf(rateClass: RateClass, prices: PriceBook | null): string {
  if (rateClass.provider !== null) return rateClass.provider
  const found = prices?.findClass(rateClass)
  const entry = found?.period === undefined ? undefined : found.entry
  return entry?.includes('/') === true ? entry.split('/')[0]! : 'unknown provider'
}

/** Checks a file, packed or not; every problem once, with the number of its rows. */
export async function checkFocusFile(path: string, version: FocusVersion): Promise<FocusCheck> {
  const checker = new FocusChecker(version)
  try {
    for await (const { line, cells } of csvRecords(textOf(path))) checker.add(line, cells)
  } catch (error) {
    throw new InputError('focus-unreadable', `${path} cannot be read: ${systemReason(error)}.`, {
      where: { file: path },
      hint: 'Name a CSV file, or one that is packed and ends in .gz.',
      cause: error,
    })
  }
  return checker.result()
}

async function* textOf(path: string): AsyncGenerator<string> {
  const stored = createReadStream(path)
  const bytes = path.endsWith('.gz') ? stored.pipe(createGunzip()) : stored
  if (bytes !== stored) stored.on('error', error => bytes.destroy(error))
  const decoder = new TextDecoder()
  for await (const chunk of bytes) yield decoder.decode(chunk as Uint8Array, { stream: true })
  yield decoder.decode()
}
