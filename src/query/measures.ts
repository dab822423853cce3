// The sums that a usage tally keeps for every group. All are integers, added exactly.

export const USAGE_MEASURES = [
  'analyses',
  'checks',
  'errors',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'outputTokens',
  'reasoningTokens',
  /** Tokens of events that give only a total. */
  'unsplitTokens',
  'durationUs',
  /** Events that have a duration. */
  'timed',
  /** Logged cost in units of 10^-12 dollars; what does not fit is kept beside it as a decimal. */
  'loggedPicoUsd',
] as const

export type UsageMeasure = (typeof USAGE_MEASURES)[number]
