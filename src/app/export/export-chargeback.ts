// One statement a client for a period that is over. What was made once stays as it is; what has changed since makes notes.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { addDecimals, ZERO } from '../../base/decimal.ts'
import { systemCode } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { readTextFile } from '../../base/regular-file.ts'
import type { Instant } from '../../base/zone.ts'
import type { RunHooks } from '../../engine/engine.ts'
import { buildStatements, type UsageItem } from '../../export/chargeback/build-statements.ts'
import { CHARGEBACK_FILE, type Chargeback } from '../../export/chargeback/chargeback-schema.ts'
import { correctionOf } from '../../export/chargeback/correction.ts'
import { PLAIN_CHARGEBACK, parseChargeback } from '../../export/chargeback/parse-chargeback.ts'
import type { Statement, StatementSource } from '../../export/chargeback/statement.ts'
import { type KeptStatement, statementText } from '../../export/chargeback/statement-document.ts'
import { currencyRateOf } from '../../pricing/currency.ts'
import { GroupCost } from '../../pricing/group-cost.ts'
import { USAGE_MEASURES, type UsageMeasure } from '../../query/measures.ts'
import type { UsageRow } from '../../report/group/usage-rows.ts'
import type { Report, ReportPeriod } from '../../report/model/report.ts'
import type { Host } from '../host.ts'
import { periodName } from '../report/named-reports.ts'
import { type AskedChecks, checksThatFail, type Refusal } from '../request/checks.ts'
import type { ReportOptions } from '../request/parameters.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { askMeteredUsage, type MeteredUsage, requireEnded } from './metered-usage.ts'
import { StatementStore } from './statement-store.ts'

export interface ChargebackOptions extends Omit<ReportOptions, keyof AskedChecks>, AskedChecks {
  /** The field that statements are cut by; client unless told. */
  readonly splitBy?: string | undefined
  /** Whether what has changed since a statement was made becomes a note. */
  readonly corrections?: boolean | undefined
}

export interface ChargebackAnswer extends KeptPeriod {
  readonly usage: MeteredUsage
  readonly refusals: readonly Refusal[]
}

export interface KeptPeriod {
  /** Statements and notes of the period; none where a check says no, or logs could not be read. */
  readonly kept: readonly KeptStatement[]
  /** Numbers of statements that would be others by now, and have no note that says so. */
  readonly outdated: readonly string[]
}

/** What the statements of a period are as of now, whether or not they were made. */
export interface ChargedPeriod {
  /** Names the period, and what it was filtered by. */
  readonly key: string
  readonly statements: readonly Statement[]
  readonly source: StatementSource
}

export async function exportChargeback(
  options: ChargebackOptions,
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
): Promise<ChargebackAnswer> {
  const { usage, refusals, charged } = await chargePeriod(options, host, workspace, hooks)
  if (charged === undefined) return { usage, kept: [], outdated: [], refusals }
  return { usage, refusals, ...keepPeriod(workspace.root, charged, options.corrections === true) }
}

/** Nothing is charged where a check says no, or logs could not be read. */
export async function chargePeriod(
  options: ChargebackOptions,
  host: Host,
  workspace: Workspace,
  hooks: RunHooks,
): Promise<Pick<ChargebackAnswer, 'usage' | 'refusals'> & { readonly charged?: ChargedPeriod }> {
  const rules = readRules(workspace.root)
  const fields = [options.splitBy ?? 'client', 'profile', 'model']
  const usage = await askMeteredUsage(options, fields, host, workspace, hooks)
  const { request, report } = usage
  const { to } = requireEnded(request, 'Statements')
  const refusals = checksThatFail(report, options)
  if (refusals.length > 0 || report.ledger.failures.length > 0) return { usage, refusals }
  const key = keyOf(report.period, request.filter.asGiven, fields[0]!)
  const currencies = rules.currencies ?? workspace.settings.currencies
  const statements = buildStatements(itemsOf(usage), {
    rules,
    rateOf: currency => currencyRateOf(currencies, currency, to as Instant),
    numberOf: client => `${key}-${slugOf(client)}`,
  })
  return { usage, refusals, charged: { key, statements, source: sourceOf(report) } }
}

/** Keeps what was not made before; `makesNotes` says whether what has changed becomes a note. */
export function keepPeriod(root: string, { key, statements, source }: ChargedPeriod, makesNotes: boolean): KeptPeriod {
  const store = new StatementStore(root, key)
  const outdated = keepStatements(store, statements, source, makesNotes)
  return { kept: store.all(), outdated }
}

function keepStatements(
  store: StatementStore,
  statements: readonly Statement[],
  source: StatementSource,
  makesNotes: boolean,
): string[] {
  const kept = store.all()
  const sent = kept.filter(({ statement }) => statement.kind === 'statement')
  const outdated: string[] = []
  for (const statement of statements) {
    const isSent = sent.some(one => one.statement.number === statement.number)
    if (!isSent) store.keep(statement.number, statementText(statement, source))
  }
  for (const { statement } of sent) {
    const notes = kept.map(one => one.statement).filter(({ corrects }) => corrects === statement.number)
    const now = statements.find(({ number }) => number === statement.number) ?? { lines: [] }
    const note = correctionOf(statement, notes, now)
    if (note === undefined) continue
    if (makesNotes) store.keep(note.number, statementText(note, source))
    else outdated.push(statement.number)
  }
  return outdated
}

function readRules(root: string): Chargeback {
  try {
    return parseChargeback(readTextFile(join(root, CHARGEBACK_FILE)))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return PLAIN_CHARGEBACK
    throw error
  }
}

/** The period in short: a month, or its first and last day; and what else it was cut by. */
function keyOf(period: ReportPeriod, filters: object, splitBy: string): string {
  const days = periodName(period)
  const isWhole = Object.keys(filters).length === 0 && splitBy === 'client'
  return isWhole ? days : `${days}-${shortHash(JSON.stringify([filters, splitBy]))}`
}

/** A client as a part of a file's name: what no name can hold, or another name may share, has its hash. */
function slugOf(client: string | null): string {
  if (client === null) return 'no-client'
  const plain = client.replace(/[^a-z0-9._-]/g, '_').slice(0, 60)
  return plain === client && client !== 'no-client' ? plain : `${plain}-${shortHash(client)}`
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

function itemsOf(usage: MeteredUsage): UsageItem[] {
  interface Sum {
    readonly keys: readonly (string | null)[]
    requests: number
    tokens: bigint
    readonly cost: GroupCost
  }
  const sums = new Map<string, Sum>()
  usage.forEach(({ keys, basis, sums: row, loggedRest }) => {
    const texts = keys.map(key => (key === null ? null : String(key)))
    const key = JSON.stringify(texts)
    const sum = sums.get(key) ?? { keys: texts, requests: 0, tokens: 0n, cost: new GroupCost() }
    sums.set(key, sum)
    sum.requests += Number(measure(row, 'analyses'))
    sum.tokens += measure(row, 'inputTokens') + measure(row, 'outputTokens') + measure(row, 'unsplitTokens')
    sum.cost.add(basis, row, 0, loggedRest)
  })
  const items = [...sums.values()].map(({ keys: [client, profile, model], requests, tokens, cost }): UsageItem => {
    const { cost: costUsd, unpricedAnalyses: unpriced } = cost.result()
    return { client: client!, profile: profile!, model: model!, requests, tokens, costUsd: costUsd ?? ZERO, unpriced }
  })
  return items.sort((a, b) => orderOf(a) - orderOf(b) || compareNames(a, b))
}

function measure(row: UsageRow['sums'], name: UsageMeasure): bigint {
  return BigInt(row[USAGE_MEASURES.indexOf(name)]!)
}

// By name alone, so that a line stays where it is when its amount changes.
function orderOf({ profile, model }: UsageItem): number {
  return (profile === null ? 2 : 0) + (model === null ? 1 : 0)
}

function compareNames(a: UsageItem, b: UsageItem): number {
  const [left, right] = [a, b].map(item => JSON.stringify([item.profile, item.model, item.client]))
  return left! < right! ? -1 : left === right ? 0 : 1
}

function sourceOf({ document }: Report): StatementSource {
  const { period, filters, prices, ledger } = document as JsonObject
  return { period, filters, prices, ledger } as unknown as StatementSource
}

/** What all statements of a period charge, by currency. */
export function totalsOf(kept: readonly KeptStatement[]): ReadonlyMap<string, typeof ZERO> {
  const totals = new Map<string, typeof ZERO>()
  for (const { statement } of kept) {
    const { currency, total } = statement
    totals.set(currency.code, addDecimals(totals.get(currency.code) ?? ZERO, total))
  }
  return totals
}
