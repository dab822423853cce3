// Model and token counts from an answer that a provider of models gave: JSON or a stream of events, whole or only its
// beginning and end. A key inside a text is escaped there, so a key found in the raw answer is one.

/** What an answer says of its usage, under the names of the logger's input. */
export interface AnswerUsage {
  model?: string
  inputTokens?: number
  outputTokens?: number
  cacheReadTokens?: number
  cacheWriteTokens?: number
  cacheWrite1hTokens?: number
  cacheReadInputTokens?: number
  cacheCreationInputTokens?: number
  reasoningTokens?: number
  totalTokens?: number
  serviceTier?: string
}

type Json = Readonly<Record<string, unknown>>

const USAGE_KEY = /"(?:usage|usageMetadata|usage_metadata)"\s*:\s*\{/g
const MODEL_KEY = /"(?:model|modelVersion|model_version)"\s*:\s*"((?:[^"\\]|\\.){1,200})"/
/** Anthropic has it in its usage and OpenAI beside it; a stream of OpenAI begins with the tier that was asked for. */
const TIER_KEY = /"service_tier"\s*:\s*"([\w-]{1,40})"/g
const MAX_OBJECT = 10_000

/** The usage in an answer, the last word of a stream winning; undefined where there is none. */
export function parseAnswerUsage(text: string): AnswerUsage | undefined {
  const found: AnswerUsage = {}
  for (const match of text.matchAll(USAGE_KEY)) {
    const usage = objectAt(text, match.index + match[0].length - 1)
    if (usage !== undefined) Object.assign(found, usageOf(usage))
  }
  if (Object.keys(found).length === 0) return undefined
  const model = MODEL_KEY.exec(text)?.[1]
  if (model !== undefined) found.model = JSON.parse(`"${model}"`) as string
  const tier = [...text.matchAll(TIER_KEY)].at(-1)?.[1]
  if (tier !== undefined) found.serviceTier = tier
  return found
}

function usageOf(usage: Json): AnswerUsage {
  const read = objectOf(usage.prompt_tokens_details ?? usage.input_tokens_details)
  const written = objectOf(usage.completion_tokens_details ?? usage.output_tokens_details)
  const byLifetime = objectOf(usage.cache_creation)
  const thoughts = countOf(usage.thoughtsTokenCount)
  const candidates = countOf(usage.candidatesTokenCount)
  return withoutAbsent({
    inputTokens: countOf(usage.prompt_tokens ?? usage.input_tokens ?? usage.promptTokenCount ?? usage.inputTokens),
    outputTokens:
      countOf(usage.completion_tokens ?? usage.output_tokens ?? usage.outputTokens) ??
      (candidates === undefined && thoughts === undefined ? undefined : (candidates ?? 0) + (thoughts ?? 0)),
    cacheReadTokens: countOf(read.cached_tokens ?? usage.cachedContentTokenCount),
    cacheReadInputTokens: countOf(usage.cache_read_input_tokens ?? usage.cacheReadInputTokens),
    cacheCreationInputTokens: countOf(usage.cache_creation_input_tokens ?? usage.cacheWriteInputTokens),
    cacheWrite1hTokens: countOf(byLifetime.ephemeral_1h_input_tokens) || undefined,
    reasoningTokens: countOf(written.reasoning_tokens) ?? thoughts,
    totalTokens: countOf(usage.total_tokens ?? usage.totalTokenCount ?? usage.totalTokens),
  })
}

/** The object whose brace stands at `start`, or undefined where it does not end or is too long to be one of counts. */
function objectAt(text: string, start: number): Json | undefined {
  let depth = 0
  let isInText = false
  for (let index = start; index < Math.min(text.length, start + MAX_OBJECT); index++) {
    const character = text[index]
    if (isInText) {
      if (character === '\\') index++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return parseObject(text.slice(start, index + 1))
  }
  return undefined
}

function parseObject(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    // What looks like JSON and is none says nothing about usage.
    return undefined
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

function withoutAbsent(values: { [Key in keyof AnswerUsage]: AnswerUsage[Key] | undefined }): AnswerUsage {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as AnswerUsage
}
