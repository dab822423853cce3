// What the token counts of an event mean together: tokens that were counted separately are added to their total, and parts are
// checked against it. This is the plain version of what the kernel does.
import type { Mark } from './fields.ts'

export interface TokenSums {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly cacheWrite1h: number
  readonly output: number
  readonly reasoning: number
  /** A total that is given where neither side is. */
  readonly unsplit: number
  /** The first part that is more than its whole, and what was found; then the event is wrong. */
  readonly wrong: { readonly field: string; readonly value: string } | undefined
}

/** The sums of an event; `countOf` gives the number of a field or mark, NaN where there is none. */
export function sumTokens(countOf: (name: string) => number): TokenSums {
  const given = countOf('input_tokens')
  const answered = countOf('output_tokens')
  const isMarked = (mark: Mark) => !Number.isNaN(countOf(mark))
  const areCachesInside = isMarked('caches_inside') || isMarked('tools_beside')
  const thoughts = zeroIfAbsent(countOf('thoughts_tokens'))
  const tools = Number.isNaN(given) || isMarked('tools_beside') ? zeroIfAbsent(countOf('tool_use_tokens')) : 0
  const hour = zeroIfAbsent(countOf('cache_write_1h_tokens'))
  const [cacheRead, readBeside] = cached(countOf('cache_read_tokens'), countOf('cache_read_input_tokens'), 0)
  const [cacheWrite, writeBeside] = cached(countOf('cache_write_tokens'), countOf('cache_creation_input_tokens'), hour)
  const input = zeroIfAbsent(given) + tools + (areCachesInside ? 0 : readBeside + writeBeside)
  const output = zeroIfAbsent(answered) + (Number.isNaN(answered) || isMarked('thoughts_beside') ? thoughts : 0)
  const reasoning = zeroIfAbsent(firstGiven(countOf('reasoning_tokens'), thoughts))
  const isUnsplit = Number.isNaN(given) && Number.isNaN(answered) && input === 0 && output === 0
  const sums = { input, cacheRead, cacheWrite, cacheWrite1h: hour, output, reasoning }
  return { ...sums, unsplit: isUnsplit ? zeroIfAbsent(countOf('total_tokens')) : 0, wrong: wrongPart(sums) }
}

// What was read from or written to a cache, and how much of it is counted beside the input.
function cached(inside: number, beside: number, rest: number): readonly [number, number] {
  if (!Number.isNaN(inside)) return [inside, 0]
  return Number.isNaN(beside) ? [rest, 0] : [beside, beside]
}

function wrongPart(sums: Omit<TokenSums, 'unsplit' | 'wrong'>): TokenSums['wrong'] {
  const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning } = sums
  if (input > Number.MAX_SAFE_INTEGER || output > Number.MAX_SAFE_INTEGER)
    return { field: input > output ? 'input_tokens' : 'output_tokens', value: 'more than can be counted' }
  if (cacheRead + cacheWrite > input) {
    const field = cacheRead > 0 ? 'cache_read_tokens' : 'cache_write_tokens'
    return { field, value: `${cacheRead + cacheWrite} cached of ${input} input tokens` }
  }
  if (cacheWrite1h > cacheWrite)
    return { field: 'cache_write_1h_tokens', value: `${cacheWrite1h} of ${cacheWrite} written to the cache` }
  if (reasoning > output) return { field: 'reasoning_tokens', value: `${reasoning} of ${output} output tokens` }
  return undefined
}

function firstGiven(first: number, second: number): number {
  return Number.isNaN(first) ? second : first
}

function zeroIfAbsent(value: number): number {
  return Number.isNaN(value) ? 0 : value
}
