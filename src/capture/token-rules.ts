// Which token counts of an event contradict each other. A reader would reject the whole line, so the logger leaves out the
// parts and keeps the totals.

type Input = Readonly<Record<string, unknown>>

/** The names of the parts that are larger than their whole; undefined where none is. */
export function contradictoryTokens(input: Input): ReadonlySet<string> | undefined {
  const { cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens, reasoningTokens } = input
  if (cacheReadTokens == null && cacheWriteTokens == null && cacheWrite1hTokens == null && reasoningTokens == null)
    return undefined
  const wrong = new Set<string>()
  if (countOf(reasoningTokens) > countOf(input.outputTokens)) wrong.add('reasoningTokens')
  // What is counted beside the input is as much more of it.
  const isReadInside = isCount(cacheReadTokens)
  const isWriteInside = isCount(cacheWriteTokens) || !isCount(input.cacheCreationInputTokens)
  const read = isReadInside ? cacheReadTokens : 0
  const written = countOf(isCount(cacheWriteTokens) ? cacheWriteTokens : cacheWrite1hTokens)
  if (read + (isWriteInside ? written : 0) > countOf(input.inputTokens))
    wrong.add('cacheReadTokens').add('cacheWriteTokens').add('cacheWrite1hTokens')
  const whole = isWriteInside ? written : countOf(input.cacheCreationInputTokens)
  if (countOf(cacheWrite1hTokens) > whole) wrong.add('cacheWrite1hTokens')
  return wrong.size === 0 ? undefined : wrong
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function countOf(value: unknown): number {
  return isCount(value) ? value : 0
}
