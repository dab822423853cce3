// What a price can depend on besides the model and the token counts, cut into numbered classes. Events of one class have
// one price, whatever the price book says, so the classes can be part of the key of a tally.
import { DAY_MS, type Instant } from '../base/zone.ts'

/** A bound of the context size: a request is beyond it with more than `tokens` input tokens, or, if inclusive, with as many. */
export interface InputBound {
  readonly tokens: number
  readonly inclusive: boolean
}

/** The cuts of all prices of a book, each list in ascending order and without repeats. Plain data. */
export interface RateCuts {
  /** Ordered by tokens, the inclusive one first of two with the same tokens. */
  readonly inputBounds: readonly InputBound[]
  /** Instants at which some price begins or ends. */
  readonly instants: readonly number[]
  /** Milliseconds of the UTC day, above 0, at which some off-peak window begins or ends. */
  readonly dailyCuts: readonly number[]
  /** Texts in lower case: a model has prices that change within the day only if its name contains one of them. */
  readonly dailyModels: readonly string[]
}

export const NO_CUTS: RateCuts = { inputBounds: [], instants: [], dailyCuts: [], dailyModels: [] }

/** How many bounds an input of so many tokens is beyond. */
export function contextClassOf(cuts: RateCuts, inputTokens: number): number {
  let beyond = 0
  for (const bound of cuts.inputBounds) {
    if (inputTokens > bound.tokens || (bound.inclusive && inputTokens === bound.tokens)) beyond++
  }
  return beyond
}

/** An input size that is in a context class. */
export function inputTokensOfClass(cuts: RateCuts, contextClass: number): number {
  const bound = cuts.inputBounds[contextClass - 1]
  if (bound === undefined) return 0
  return bound.inclusive ? bound.tokens : bound.tokens + 1
}

/** The class of an instant: which stretch between price changes, and which part of the UTC day. */
export function timeClassOf(cuts: RateCuts, instant: number): number {
  const stretch = countUpTo(cuts.instants, instant)
  const dayMs = ((instant % DAY_MS) + DAY_MS) % DAY_MS
  return stretch * (cuts.dailyCuts.length + 1) + countUpTo(cuts.dailyCuts, dayMs)
}

/** Whether the part of the day can matter to the price of a model. */
export function isCutByDay(cuts: RateCuts, model: string | null): boolean {
  if (cuts.dailyCuts.length === 0) return false
  // A price for any model is one for events without a model too.
  const name = (model ?? '').toLowerCase()
  return cuts.dailyModels.some(text => name.includes(text))
}

/** The first of the time classes that are the same to a model whose price does not change within the day. */
export function timeClassOfStretch(cuts: RateCuts, timeClass: number): number {
  return timeClass - (timeClass % (cuts.dailyCuts.length + 1))
}

/** The longest stretch [from, to) around an instant in which the time class stays the same. */
export function timeClassSpan(cuts: RateCuts, instant: number): { from: number; to: number } {
  const stretch = countUpTo(cuts.instants, instant)
  let from = cuts.instants[stretch - 1] ?? Number.NEGATIVE_INFINITY
  let to = cuts.instants[stretch] ?? Number.POSITIVE_INFINITY
  if (cuts.dailyCuts.length > 0) {
    const dayStart = Math.floor(instant / DAY_MS) * DAY_MS
    const part = countUpTo(cuts.dailyCuts, instant - dayStart)
    from = Math.max(from, dayStart + (cuts.dailyCuts[part - 1] ?? 0))
    to = Math.min(to, dayStart + (cuts.dailyCuts[part] ?? DAY_MS))
  }
  return { from, to }
}

/**
 * An instant that prices a time class: the price that is in force there is in force in the whole class. Its first
 * instant after the change may be at any time of day, so the part of the day is asked for apart.
 */
export function priceMomentOfClass(cuts: RateCuts, timeClass: number): { instant: Instant; dayMs: number } {
  const parts = cuts.dailyCuts.length + 1
  const stretch = Math.floor(timeClass / parts)
  const part = timeClass % parts
  const first = cuts.instants[stretch - 1] ?? (cuts.instants[0] ?? 1) - 1
  return { instant: first as Instant, dayMs: cuts.dailyCuts[part - 1] ?? 0 }
}

function countUpTo(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
