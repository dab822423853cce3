// Which token counts of an event contradict each other. A reader rejects the whole line for them, so the parts are left
// out and the totals stay.

type Input = Readonly<Record<string, unknown>>

/** The names of the parts that are larger than their whole; undefined where none is. */
export function contradictoryTokens(input: Input): ReadonlySet<string> | undefined {
  const { cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens, reasoningTokens } = input
  if (cacheReadTokens == null && cacheWriteTokens == null && cacheWrite1hTokens == null && reasoningTokens == null)
    return undefined
  const wrong = new Set<string>()
  if (countOf(reasoningTokens) > countOf(input.outputTokens)) wrong.add('reasoningTokens')
  if (countOf(cacheReadTokens) + countOf(cacheWriteTokens) > countOf(input.inputTokens)) {
    wrong.add('cacheReadTokens').add('cacheWriteTokens').add('cacheWrite1hTokens')
  }
  // Without a count of its own the whole of what was written is what was written for an hour.
  if (cacheWriteTokens != null && countOf(cacheWrite1hTokens) > countOf(cacheWriteTokens))
    wrong.add('cacheWrite1hTokens')
  return wrong.size === 0 ? undefined : wrong
}

function countOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0
}
