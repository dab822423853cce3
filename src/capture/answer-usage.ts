// Model and token counts from a provider's answer. They count only where a provider puts them, next to the provider's other
// fields, because text that users wrote is in answers too.
import type { JsonMembers, Wanted } from './json-members.ts'

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

/** Members that are entered: what is inside them of an event of a stream is read as the answer itself. */
export const ENTERED: ReadonlySet<string> = new Set(['response', 'message'])
const OWN = ['object', 'type', 'role', 'model', 'service_tier', 'usage']
const VALUES = [
  ...OWN,
  ...[...ENTERED].flatMap(name => OWN.map(own => `${name}.${own}`)),
  ...['usageMetadata', 'modelVersion', 'stopReason'],
]
const MARKS = ['candidates', 'promptFeedback', 'data', 'choices', 'output', 'metrics']
export const WANTED: Wanted = new Map([
  ...VALUES.map(name => [name, 'value'] as const),
  ...MARKS.map(name => [name, 'presence'] as const),
])

const MAX_MODEL = 200
const TIER = /^[\w-]{1,40}$/

/** The usage of a whole answer in JSON. */
export function usageOfAnswer(answer: JsonMembers): AnswerUsage | undefined {
  const object = answer.get('object')
  if (object === 'chat.completion' || object === 'text_completion')
    return answer.has('choices') ? usageIn(answer, '') : undefined
  if (object === 'list') return answer.has('data') ? usageIn(answer, '') : undefined
  if (object === 'response') return usageIn(answer, '')
  if (answer.get('type') === 'message' && answer.get('role') === 'assistant') return usageIn(answer, '')
  return usageOfGemini(answer) ?? usageOfBedrock(answer)
}

/** The usage that one event of a stream tells; `before` is what those before it told. */
export function usageOfEvent(event: JsonMembers, before: AnswerUsage | undefined): AnswerUsage | undefined {
  const type = event.get('type')
  if (event.get('object') === 'chat.completion.chunk' || event.get('object') === 'text_completion')
    return event.has('choices') ? usageIn(event, '') : undefined
  if (typeof type === 'string' && type.startsWith('response.'))
    return event.get('response.object') === 'response' ? usageIn(event, 'response.') : undefined
  if (type === 'message_start') return event.get('message.type') === 'message' ? usageIn(event, 'message.') : undefined
  // The model came with the start of the message.
  if (type === 'message_delta') return before?.model === undefined ? undefined : countsIn(event.get('usage'))
  return usageOfGemini(event)
}

function usageIn(answer: JsonMembers, place: string): AnswerUsage | undefined {
  const model = answer.get(`${place}model`)
  const counts = countsIn(answer.get(`${place}usage`))
  return counts && withModel(counts, model, answer.get(`${place}service_tier`))
}

function usageOfGemini(answer: JsonMembers): AnswerUsage | undefined {
  if (!answer.has('candidates') && !answer.has('promptFeedback')) return undefined
  const counts = countsIn(answer.get('usageMetadata'))
  return counts && withModel(counts, answer.get('modelVersion'), undefined)
}

// Bedrock's Converse names no model in its answer.
function usageOfBedrock(answer: JsonMembers): AnswerUsage | undefined {
  const isAnswer = answer.has('output') && answer.has('metrics') && typeof answer.get('stopReason') === 'string'
  return isAnswer ? countsIn(answer.get('usage')) : undefined
}

function withModel(counts: AnswerUsage, model: unknown, tier: unknown): AnswerUsage | undefined {
  if (typeof model !== 'string' || model === '' || model.length > MAX_MODEL) return undefined
  // Anthropic has the tier in its usage, OpenAI beside it.
  return { ...counts, model, ...(typeof tier === 'string' && TIER.test(tier) ? { serviceTier: tier } : {}) }
}

function countsIn(value: unknown): AnswerUsage | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const usage = value as Json
  const read = objectOf(usage.prompt_tokens_details ?? usage.input_tokens_details)
  const written = objectOf(usage.completion_tokens_details ?? usage.output_tokens_details)
  const byLifetime = objectOf(usage.cache_creation)
  const thoughts = countOf(usage.thoughtsTokenCount)
  const candidates = countOf(usage.candidatesTokenCount)
  const tier = usage.service_tier
  const counts = withoutAbsent({
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
    serviceTier: typeof tier === 'string' && TIER.test(tier) ? tier : undefined,
  })
  const hasCounts = counts.inputTokens !== undefined || counts.outputTokens !== undefined
  return hasCounts ? counts : undefined
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
