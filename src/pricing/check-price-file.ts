// Mistakes in a price file that its schema cannot find: prices that overlap, aliases that lead nowhere, entries that price
// nothing.
import { formatInstantUtc } from '../base/calendar.ts'
import type { ErrorProblem } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { canFitBoth, fitsWildcard, fixedLength, hasWildcard } from '../base/wildcard.ts'
import type { Instant } from '../base/zone.ts'
import type { FileEntry, PriceFile } from './price-entries.ts'
import { RATE_NAMES, type RateTexts, SERVICE_TIERS, TOKEN_RATES } from './terms.ts'

/** The catalogue, as far as an alias may lead to it. */
export interface KnownModels {
  has(model: string): boolean
  names(): readonly string[]
}

export function checkPriceFile(prices: PriceFile, known: KnownModels): ErrorProblem[] {
  return [
    ...prices.entries.flatMap(entry => entryProblems(entry, prices.file)),
    ...overlapProblems(prices),
    ...aliasProblems(prices, known),
  ]
}

function entryProblems(entry: FileEntry, file: string): ErrorProblem[] {
  const where = { file, line: entry.line, path: entry.path }
  const problems: ErrorProblem[] = []
  const { period } = entry
  if (period.from !== undefined && period.to !== undefined && period.to <= period.from)
    problems.push({ message: `${entry.model} ends before it begins`, where })
  if (!hasRates(period.rates))
    problems.push({ message: `${entry.model} has no price of its own; write "input": "0" if it is free`, where })
  if (TOKEN_RATES.some(name => period.rates[name] !== undefined) && period.rates.input === undefined)
    problems.push({ message: `${entry.model} has prices of tokens but none of input tokens`, where })
  for (const [name, terms] of Object.entries({ ...period.tiers })) {
    if (!hasRates(terms.rates)) problems.push({ message: `${entry.model} has no price in ${name}`, where })
  }
  for (const terms of [period, ...(period.hours ?? []), ...SERVICE_TIERS.flatMap(name => period.tiers?.[name] ?? [])]) {
    const bounds = (terms.above ?? []).map(tier => `${tier.inputTokens} ${tier.inclusive === true}`)
    if (new Set(bounds).size < bounds.length)
      problems.push({ message: `${entry.model} has two tiers above the same bound`, where })
    if ((terms.above ?? []).some(tier => !hasRates(tier.rates)))
      problems.push({ message: `${entry.model} has a tier without a price`, where })
  }
  if ((period.hours ?? []).some(hours => !hasRates(hours.rates)))
    problems.push({ message: `${entry.model} has hours without a price`, where })
  return problems
}

function hasRates(rates: RateTexts): boolean {
  return RATE_NAMES.some(name => rates[name] !== undefined)
}

function overlapProblems({ entries, file }: PriceFile): ErrorProblem[] {
  const byName = new Map<string, FileEntry[]>()
  for (const entry of entries) {
    // Patterns that fix as many characters may fit one name, and then neither comes first.
    const name = hasWildcard(entry.pattern) ? `* ${fixedLength(entry.pattern)}` : entry.pattern
    const key = JSON.stringify([name, entry.provider?.toLowerCase() ?? null])
    const others = byName.get(key)
    if (others === undefined) byName.set(key, [entry])
    else others.push(entry)
  }
  const problems: ErrorProblem[] = []
  for (const group of byName.values()) {
    group.forEach((later, index) => {
      const earlier = group.slice(0, index).find(other => overlap(other, later))
      if (earlier === undefined) return
      const message = `${describe(later)} overlaps ${describe(earlier)} in line ${earlier.line}`
      problems.push({ message, where: { file, line: later.line, path: later.path } })
    })
  }
  return problems
}

function overlap(a: FileEntry, b: FileEntry): boolean {
  const start = Math.max(a.period.from ?? Number.NEGATIVE_INFINITY, b.period.from ?? Number.NEGATIVE_INFINITY)
  const end = Math.min(a.period.to ?? Number.POSITIVE_INFINITY, b.period.to ?? Number.POSITIVE_INFINITY)
  return start < end && canFitBoth(a.pattern, b.pattern)
}

function describe({ model, period }: FileEntry): string {
  const from = period.from === undefined ? '' : ` from ${formatInstantUtc(period.from as Instant)}`
  const to = period.to === undefined ? '' : ` to ${formatInstantUtc(period.to as Instant)}`
  return `the price of ${model}${from}${to}`
}

function aliasProblems(prices: PriceFile, known: KnownModels): ErrorProblem[] {
  const problems: ErrorProblem[] = []
  for (const [key, alias] of prices.aliases) {
    const where = { file: prices.file, line: alias.line, path: alias.path }
    const own = prices.entries.find(entry => entry.pattern === key)
    if (own !== undefined)
      problems.push({ message: `${alias.name} is an alias and has a price in line ${own.line}`, where })
    const end = endOfAliases(prices, key)
    if (end === undefined) problems.push({ message: `the alias ${alias.name} leads back to itself`, where })
    else if (!prices.entries.some(entry => fitsWildcard(entry.pattern, end.toLowerCase())) && !known.has(end)) {
      const names = [...prices.entries.map(entry => entry.model), ...known.names()]
      const near = nearestNames(end, names, 1)[0]
      const hint = near === undefined ? '' : `; did you mean ${near}?`
      problems.push({ message: `the alias ${alias.name} leads to ${end}, which has no price${hint}`, where })
    }
  }
  return problems
}

function endOfAliases(prices: PriceFile, start: string): string | undefined {
  const seen = new Set<string>()
  let name = start
  for (let alias = prices.aliases.get(name); alias !== undefined; alias = prices.aliases.get(name.toLowerCase())) {
    if (seen.has(name.toLowerCase())) return undefined
    seen.add(name.toLowerCase())
    name = alias.model
  }
  return name
}
