// What an import would change in prices.json: entries added, changed from a day on, or left as they are. Plans only;
// the text of the new file is format-price-file.ts.
import { formatDay, formatInstantUtc } from '../base/calendar.ts'
import { smallestOf } from '../base/lists.ts'
import { DAY_MS, type Day, type Instant } from '../base/zone.ts'
import { aliasSchema, entrySchema } from './price-file-schema.ts'
import { type PricePeriod, RATE_NAMES, SERVICE_TIERS, type Terms } from './terms.ts'

/** An entry as prices.json has it; its numbers are NumberLiterals or text. */
export interface ImportedEntry {
  readonly model: string
  readonly [key: string]: unknown
}

export interface SkippedModel {
  readonly model: string
  readonly reason: string
}

/** The content of a prices.json as it is written. */
export interface WrittenBook {
  readonly prices: readonly ImportedEntry[]
  readonly aliases: Readonly<Record<string, unknown>>
  readonly schema: unknown
}

export interface PlannedChange {
  readonly model: string
  readonly provider: string | null
  readonly from: string | null
  /** Undefined where nothing was in force. */
  readonly before: PricePeriod | undefined
  readonly after: PricePeriod
}

export interface ImportPlan {
  readonly added: readonly PlannedChange[]
  readonly changed: readonly PlannedChange[]
  /** Names of models whose price is already the same. */
  readonly unchanged: readonly string[]
  readonly skipped: readonly SkippedModel[]
  readonly unbilled: ReadonlyMap<string, number>
  readonly aliases: readonly { readonly name: string; readonly leadsTo: string }[]
  readonly book: WrittenBook
}

export interface ImportSource {
  readonly entries: readonly ImportedEntry[]
  readonly skipped: readonly SkippedModel[]
  readonly unbilled: ReadonlyMap<string, number>
  readonly aliases: Readonly<Record<string, unknown>>
}

/** The terms that the built-in catalogue has for a model at an instant, or undefined. */
export type BuiltInTerms = (model: string, provider: string | null, instant: number) => PricePeriod | undefined

/** From when the prices count that have no first day of their own. */
export interface ImportStart {
  /** As it was told; undefined where nobody did. */
  readonly from: Instant | undefined
  readonly today: Instant
}

/**
 * Lays the entries of a source over a book. Without a first day anywhere they begin today, so that earlier reports stay as
 * they are; over a book without prices they hold for what was logged before as well.
 */
export function planImport(
  book: WrittenBook,
  source: ImportSource,
  { from, today }: ImportStart,
  builtIn: BuiltInTerms,
): ImportPlan {
  const first = from ?? (book.prices.length === 0 ? Number.NEGATIVE_INFINITY : today)
  const timelines = new Map<string, Dated[]>()
  for (const written of book.prices) push(timelines, keyOf(written), { written, period: periodOf(written) })
  const added: PlannedChange[] = []
  const changed: PlannedChange[] = []
  const unchanged: string[] = []
  const skipped = [...source.skipped]
  const aliasNames = new Set(Object.keys(book.aliases).map(name => name.trim().toLowerCase()))
  for (const entry of source.entries) {
    if (aliasNames.has(entry.model.toLowerCase())) {
      skipped.push({ model: entry.model, reason: 'the name is an alias in prices.json' })
      continue
    }
    const key = keyOf(entry)
    const timeline = timelines.get(key) ?? []
    const own = periodOf(entry)
    const start = own.from ?? first
    const inForce = timeline.find(({ period }) => isIn(period, start))
    const provider = providerOf(entry)
    const known = inForce?.period ?? builtIn(entry.model, provider, Number.isFinite(start) ? start : today)
    if (known !== undefined && termsText(known) === termsText(own)) {
      unchanged.push(entry.model)
      continue
    }
    const end = own.to ?? smallestOf(timeline.flatMap(({ period }) => period.from ?? []).filter(later => later > start))
    const written = dated(entry, start, end)
    timelines.set(key, [
      ...timeline.flatMap(other => cutOut(other, start, end)),
      { written, period: periodOf(written) },
    ])
    const change = {
      model: entry.model,
      provider,
      from: Number.isFinite(start) ? dayText(start) : null,
      before: inForce?.period,
      after: own,
    }
    if (inForce === undefined) added.push(change)
    else changed.push(change)
  }
  const { aliases, newAliases } = planAliases(book, source)
  return {
    added,
    changed,
    unchanged,
    skipped,
    unbilled: source.unbilled,
    aliases: newAliases,
    book: {
      ...book,
      prices: [...timelines.values()].flatMap(timeline => timeline.map(({ written }) => written)),
      aliases,
    },
  }
}

interface Dated {
  readonly written: ImportedEntry
  readonly period: PricePeriod
}

function planAliases(book: WrittenBook, source: ImportSource) {
  const newAliases = Object.entries(source.aliases)
    .filter(([name]) => !(name in book.aliases))
    .map(([name, written]) => ({ name, leadsTo: aliasSchema.parse(written).model }))
  const added = Object.fromEntries(newAliases.map(({ name }) => [name, source.aliases[name]]))
  return { aliases: { ...book.aliases, ...added }, newAliases }
}

/** What is left of an entry outside of [start, end). */
function cutOut({ written, period }: Dated, start: number, end: number): Dated[] {
  const from = period.from ?? Number.NEGATIVE_INFINITY
  const to = period.to ?? Number.POSITIVE_INFINITY
  if (to <= start || from >= end) return [{ written, period }]
  const before = from < start ? [dated(written, from, start)] : []
  const after = to > end ? [dated(written, end, to)] : []
  return [...before, ...after].map(part => ({ written: part, period: periodOf(part) }))
}

function dated(
  { from: _from, to: _to, model, provider, ...rest }: ImportedEntry,
  from: number,
  to: number,
): ImportedEntry {
  return {
    model,
    ...(provider === undefined ? {} : { provider }),
    ...(Number.isFinite(from) ? { from: dayText(from) } : {}),
    ...(Number.isFinite(to) ? { to: dayText(to) } : {}),
    ...rest,
  }
}

function dayText(ms: number): string {
  return ms % DAY_MS === 0 ? formatDay((ms / DAY_MS) as Day) : formatInstantUtc(ms as Instant)
}

function keyOf(entry: ImportedEntry): string {
  return JSON.stringify([entry.model.toLowerCase(), providerOf(entry)?.toLowerCase() ?? null])
}

function providerOf(entry: ImportedEntry): string | null {
  return typeof entry.provider === 'string' ? entry.provider : null
}

function periodOf(entry: ImportedEntry): PricePeriod {
  return entrySchema.parse(entry).period
}

function isIn(period: PricePeriod, instant: number): boolean {
  return instant >= (period.from ?? Number.NEGATIVE_INFINITY) && instant < (period.to ?? Number.POSITIVE_INFINITY)
}

function push(timelines: Map<string, Dated[]>, key: string, item: Dated): void {
  const timeline = timelines.get(key)
  if (timeline === undefined) timelines.set(key, [item])
  else timeline.push(item)
}

/** The terms in one line, the same for the same terms. */
function termsText(period: PricePeriod): string {
  const tiers = SERVICE_TIERS.map(name => [name, period.tiers?.[name] && plainTerms(period.tiers[name])])
  const hours = (period.hours ?? []).map(window => [window.fromMs, window.toMs, plainTerms(window)])
  return JSON.stringify([plainTerms(period), hours, tiers])
}

function plainTerms(terms: Terms): unknown {
  const ratesOf = (rates: Terms['rates']) => RATE_NAMES.map(name => rates[name] ?? null)
  return [
    ratesOf(terms.rates),
    (terms.above ?? []).map(tier => [tier.inputTokens, tier.inclusive === true, ratesOf(tier.rates)]),
  ]
}
