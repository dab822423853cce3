// The sums that a usage tally keeps for every group. All are integers and are added exactly.

/** The tokens of an event, once it is clear which of its numbers are part of which; in the order of assembly/tokens.ts. */
export const TOKEN_MEASURES = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'outputTokens',
  'reasoningTokens',
  /** Of events that give only a total. */
  'unsplitTokens',
] as const

export const USAGE_MEASURES = [
  'analyses',
  'checks',
  'errors',
  ...TOKEN_MEASURES,
  'durationUs',
  /** Events that have a duration. */
  'timed',
  /** Events that carry no usage: neither tokens, nor checks, nor a cost of their own. */
  'withoutUsage',
  /** Logged cost in units of 10^-12 dollars; what does not fit is kept beside it as a decimal. */
  'loggedPicoUsd',
] as const

export type UsageMeasure = (typeof USAGE_MEASURES)[number]

/** The measures that an estimated cost is made of. It is linear in them: a cache read is an input token at another rate. */
export const BILLED_MEASURES = [
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'outputTokens',
  'reasoningTokens',
  'analyses',
  'checks',
] as const satisfies readonly UsageMeasure[]

/**
 * What a query with prices can add up besides, event by event, of those that carry usage; what a cost has beyond whole units
 * of 10^-12 dollars is kept beside it as a decimal.
 */
export const COST_MEASURES = ['costPicoUsd', 'loggedCosts', 'estimatedCosts', 'unpricedCosts'] as const

export function isCostMeasure(name: string): boolean {
  return (COST_MEASURES as readonly string[]).includes(name)
}
