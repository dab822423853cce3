// The usage of a period as a FOCUS file, and checking such a file.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { dateOfDay, firstOfMonth } from '../../base/calendar.ts'
import { InputError, systemReason } from '../../base/errors.ts'
import type { Day } from '../../base/zone.ts'
import type { RunHooks } from '../../engine/engine.ts'
import { type FocusCheck, FocusChecker } from '../../export/focus/check-focus.ts'
import { csvRecords } from '../../export/focus/csv-records.ts'
import type { FocusVersion } from '../../export/focus/focus-columns.ts'
import { focusCsv } from '../../export/focus/focus-csv.ts'
import { type FocusFile, FocusRows, meteredUsage } from '../../export/focus/focus-rows.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { RateClass } from '../../query/rate-class.ts'
import { listClients } from '../client/list-clients.ts'
import type { Host } from '../host.ts'
import { profileHome } from '../profile/home.ts'
import { type AskedChecks, checksThatFail, type Refusal } from '../request/checks.ts'
import type { ReportOptions } from '../request/parameters.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { askMeteredUsage, type MeteredUsage } from './metered-usage.ts'

export interface FocusOptions extends ReportOptions, AskedChecks {
  readonly focusVersion?: FocusVersion | undefined
  /** Fields of events that are tags besides the profile. */
  readonly tag?: readonly string[] | undefined
  readonly billingAccount?: string | undefined
}

export interface FocusAnswer {
  readonly usage: MeteredUsage
  readonly refusals: readonly Refusal[]
  /** The file in pieces. */
  readonly pieces: Iterable<string> & object
}

export const NEWEST_FOCUS: FocusVersion = '1.4'
const DEFAULT_ACCOUNT = 'usagebook'

export async function exportFocus(
  options: FocusOptions,
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
): Promise<FocusAnswer> {
  const tagNames = [...new Set(options.tag ?? [])].filter(name => name !== 'profile')
  const fields = ['day', 'client', 'profile', 'model', ...tagNames]
  const usage = await askMeteredUsage(options, fields, host, workspace, hooks)
  const refusals = checksThatFail(usage.report, options)
  const rows = new FocusRows()
  const providers = new Map<string, string>()
  usage.forEach(row => {
    const { rateClass } = row
    const key = `${rateClass.model} ${rateClass.provider}`
    const provider = providers.get(key) ?? providerOf(rateClass, usage.prices)
    providers.set(key, provider)
    for (const one of meteredUsage(row, provider)) rows.add(one)
  })
  const names = await namesOfClients(host, workspace)
  const file = fileOf(usage, options.billingAccount ?? DEFAULT_ACCOUNT, tagNames, names)
  return { usage, refusals, pieces: focusCsv(rows.all(), options.focusVersion ?? NEWEST_FOCUS, file) }
}

function fileOf(
  { request, report }: MeteredUsage,
  billingAccount: string,
  tagNames: readonly string[],
  names: ReadonlyMap<string, string>,
): FocusFile {
  const { zone } = request.filter
  const { read, used, rejected } = report.ledger
  const { prices } = report.document as { readonly prices: FocusFile['prices'] }
  const monthStart = (day: number, later: number) => {
    const { year, month } = dateOfDay(day as Day)
    return zone.startOfDay(month + later > 12 ? firstOfMonth(year + 1, 1) : firstOfMonth(year, month + later))
  }
  return {
    billingAccount,
    tagNames,
    prices,
    ledger: `read ${read}, used ${used}, rejected ${rejected}`,
    dayStart: day => zone.startOfDay(day as Day),
    monthOf: day => ({ start: monthStart(day, 0), end: monthStart(day, 1) }),
    nameOf: client => nameOf(client, names),
  }
}

// A column of names that all look like numbers would be read as numbers.
function nameOf(client: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(client) ?? client
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
