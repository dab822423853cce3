// Which entry of prices.json prices a model: an exact name before a pattern, a more specific pattern before a less specific
// one, an entry for the event's provider before one for any; if the event names no provider, one for any.
import { largestOf } from '../base/lists.ts'
import { fitsWildcard, fixedLength, hasWildcard } from '../base/wildcard.ts'
import { type ProviderNames, type ReadName, waysToRead } from './model-names.ts'
import { type FileAlias, type FileEntry, PRICE_FILE, type PriceFile } from './price-entries.ts'
import { isInForce } from './terms.ts'

/** What the built-in catalogue knows besides: the provider of a model where neither the event nor the name says it. */
export interface ModelNames extends ProviderNames {
  inferred(model: string): string | undefined
}

export interface FoundEntry {
  readonly entry: FileEntry
  readonly steps: readonly string[]
}

export interface PriceFileIndex {
  readonly prices: PriceFile
  readonly exact: ReadonlyMap<string, readonly FileEntry[]>
  /** In the order in which they are asked: lists of patterns that fix as many characters. */
  readonly patterns: readonly (readonly FileEntry[])[]
}

export function indexPriceFile(prices: PriceFile): PriceFileIndex {
  const exact = groupBy(
    prices.entries.filter(entry => !hasWildcard(entry.pattern)),
    entry => entry.pattern,
  )
  const patterns = groupBy(
    prices.entries.filter(entry => hasWildcard(entry.pattern)),
    entry => fixedLength(entry.pattern),
  )
  return { prices, exact, patterns: [...patterns].sort((a, b) => b[0] - a[0]).map(([, entries]) => entries) }
}

/** The name and provider that an event's own stand for by the aliases; the aliases on the way. */
export function followAliases(prices: PriceFile, model: string, provider: string | null) {
  const passed: FileAlias[] = []
  let end = { model, provider }
  for (
    let alias = prices.aliases.get(model.trim().toLowerCase());
    alias !== undefined && !passed.includes(alias);
    alias = prices.aliases.get(end.model.toLowerCase())
  ) {
    passed.push(alias)
    end = { model: alias.model, provider: alias.provider ?? end.provider }
  }
  return {
    ...end,
    steps: passed.map(alias => `${PRICE_FILE} line ${alias.line}: ${alias.name} is an alias of ${alias.model}`),
  }
}

/** The entry in force at an instant, why none can be chosen, or undefined where none fits. */
export function findEntry(
  index: PriceFileIndex,
  model: string,
  provider: string | null,
  instant: number,
  names: ModelNames,
): FoundEntry | { readonly entry?: undefined; readonly reason: string } | undefined {
  for (const { asked, best } of fittingEntries(index, model, provider, names, ({ period }) =>
    isInForce(period, instant),
  )) {
    const [first, ...others] = best
    const rival = others.find(entry => termsText(entry) !== termsText(first!))
    if (rival === undefined) return { entry: first!, steps: [...asked.steps, stepOf(first!, asked.model)] }
    return {
      reason: `${PRICE_FILE} has several prices for it, of ${first!.provider} (line ${first!.line}) and ${rival.provider} (line ${rival.line}); the events name no provider that tells them apart`,
    }
  }
  return undefined
}

/** The nearest borders of prices that would fit but are not in force: where the next begins, and the last ended. */
export function entriesAround(
  index: PriceFileIndex,
  model: string,
  provider: string | null,
  instant: number,
  names: ModelNames,
): { readonly from: number | undefined; readonly to: number | undefined } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { best } of fittingEntries(index, model, provider, names, ({ period }) => !isInForce(period, instant))) {
    for (const { period } of best) {
      if (period.from !== undefined && period.from > instant) from = Math.min(from, period.from)
      if (period.to !== undefined && period.to <= instant) to = Math.max(to, period.to)
    }
  }
  return { from: Number.isFinite(from) ? from : undefined, to: Number.isFinite(to) ? to : undefined }
}

// The entries that are the best of their list, in the order in which they are asked: exact names before patterns, of each
// the name as it stands before the name without a prefix.
function* fittingEntries(
  index: PriceFileIndex,
  model: string,
  provider: string | null,
  names: ModelNames,
  counts: (entry: FileEntry) => boolean,
): Iterable<{ readonly asked: ReadName; readonly best: readonly FileEntry[] }> {
  const ways = waysToRead(model, provider, names)
  for (const patterns of [undefined, ...index.patterns]) {
    for (const asked of ways) {
      const list = patterns ?? index.exact.get(asked.model) ?? []
      const fitting = list.filter(entry => fitsWildcard(entry.pattern, asked.model) && counts(entry))
      const best = bestForProvider(fitting, asked, names)
      if (best.length > 0) yield { asked, best }
    }
  }
}

function bestForProvider(entries: readonly FileEntry[], asked: ReadName, names: ModelNames): readonly FileEntry[] {
  if (entries.length === 0) return entries
  const inferred = asked.provider === null ? names.inferred(asked.model) : undefined
  const rankOf = (entry: FileEntry): number => {
    // Of an event that names no provider the price for any comes first: that it is this one's is only likely.
    if (entry.provider === undefined) return asked.provider === null ? 2 : 1
    if (asked.provider === null) return inferred === undefined || names.canonical(entry.provider) === inferred ? 1 : 0
    if (entry.provider.toLowerCase() === asked.provider.toLowerCase()) return 3
    return names.canonical(entry.provider) === names.canonical(asked.provider) ? 2 : 0
  }
  const ranks = entries.map(rankOf)
  const best = largestOf(ranks)
  return best === 0 ? [] : entries.filter((_, at) => ranks[at] === best)
}

function stepOf(entry: FileEntry, name: string): string {
  const how = hasWildcard(entry.pattern) ? `fits "${entry.model}"` : `is "${entry.model}"`
  const whose = entry.provider === undefined ? '' : ` of ${entry.provider}`
  return `${PRICE_FILE} line ${entry.line}: ${name} ${how}${whose}`
}

function termsText({ period: { from: _from, to: _to, ...terms } }: FileEntry): string {
  return JSON.stringify(terms)
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
