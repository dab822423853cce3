// Which entry of prices.json prices a model: an exact name before a pattern, a pattern that fixes more before one that
// fixes less, an entry for the event's provider before one for any.
import { fitsWildcard, fixedLength, hasWildcard } from '../base/wildcard.ts'
import { type FileAlias, type FileEntry, PRICE_FILE, type PriceFile } from './price-entries.ts'
import { isInForce } from './terms.ts'

/** What the built-in catalogue knows of providers. */
export interface ProviderNames {
  /** One name for the providers that are the same: "bedrock" and "aws". */
  canonical(provider: string): string
  /** The provider of a model where the event names none. */
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
  names: ProviderNames,
): FoundEntry | { readonly entry?: undefined; readonly reason: string } | undefined {
  for (const asked of waysToAsk(model.trim().toLowerCase(), provider, names)) {
    const lists = [index.exact.get(asked.model) ?? [], ...index.patterns]
    for (const list of lists) {
      const inForce = list.filter(entry => fitsWildcard(entry.pattern, asked.model) && isInForce(entry.period, instant))
      const best = bestForProvider(inForce, asked, names)
      const [first, ...others] = best
      if (first === undefined) continue
      const rival = others.find(entry => termsText(entry) !== termsText(first))
      if (rival === undefined) return { entry: first, steps: [stepOf(first, asked.model)] }
      return {
        reason: `${PRICE_FILE} has several prices for it, of ${first.provider} (line ${first.line}) and ${rival.provider} (line ${rival.line}); the events name no provider that tells them apart`,
      }
    }
  }
  return undefined
}

interface Asked {
  readonly model: string
  readonly provider: string | null
}

// "azure/gpt-4o" is gpt-4o of azure, unless the event says that it is somebody else's.
function* waysToAsk(model: string, provider: string | null, names: ProviderNames): Iterable<Asked> {
  const isNamed = provider !== null && provider !== '' && provider.toLowerCase() !== 'litellm'
  yield { model, provider: isNamed ? provider : null }
  const slash = model.indexOf('/')
  if (slash <= 0 || slash === model.length - 1) return
  const prefix = model.slice(0, slash)
  if (!isNamed || names.canonical(prefix) === names.canonical(provider))
    yield { model: model.slice(slash + 1), provider: prefix }
}

function bestForProvider(entries: readonly FileEntry[], asked: Asked, names: ProviderNames): readonly FileEntry[] {
  if (entries.length === 0) return entries
  const inferred = asked.provider === null ? names.inferred(asked.model) : undefined
  const rankOf = (entry: FileEntry): number => {
    if (entry.provider === undefined) return 1
    if (asked.provider === null) return inferred === undefined || names.canonical(entry.provider) === inferred ? 2 : 0
    if (entry.provider.toLowerCase() === asked.provider.toLowerCase()) return 3
    return names.canonical(entry.provider) === names.canonical(asked.provider) ? 2 : 0
  }
  const ranks = entries.map(rankOf)
  const best = Math.max(...ranks)
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
