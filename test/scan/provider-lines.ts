// Usage as providers and libraries write it, for random lines: right in form, and bent in all the ways that logs bend it.
import type { Random } from './random.ts'

const MODELS = ['"gpt-4o"', '"claude-sonnet-4-5"', '"gemini-2.5-flash"']
/** By what it is called, the shape of a usage object: each name with the kind of its value. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  openai: [
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'prompt_tokens_details:{cached_tokens,audio_tokens}',
    'completion_tokens_details:{reasoning_tokens,audio_tokens}',
  ],
  responses: [
    'input_tokens',
    'input_tokens_details:{cached_tokens}',
    'output_tokens',
    'output_tokens_details:{reasoning_tokens}',
    'total_tokens',
  ],
  anthropic: [
    'input_tokens',
    'cache_creation_input_tokens',
    'cache_read_input_tokens',
    'cache_creation:{ephemeral_5m_input_tokens,ephemeral_1h_input_tokens}',
    'output_tokens',
    'service_tier=',
  ],
  gemini: [
    'promptTokenCount',
    'cachedContentTokenCount',
    'candidatesTokenCount',
    'thoughtsTokenCount',
    'toolUsePromptTokenCount',
    'totalTokenCount',
  ],
  litellm: [
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'cache_read_input_tokens',
    'cache_creation_input_tokens',
    'prompt_tokens_details:{cached_tokens,cache_creation_tokens}',
  ],
  vercel: ['inputTokens', 'outputTokens', 'totalTokens', 'reasoningTokens', 'cachedInputTokens'],
  oldVercel: ['promptTokens', 'completionTokens', 'totalTokens'],
  langchain: [
    'input_tokens',
    'output_tokens',
    'total_tokens',
    'input_token_details:{cache_read,cache_creation}',
    'output_token_details:{reasoning}',
  ],
  bedrock: ['inputTokens', 'outputTokens', 'totalTokens', 'cacheReadInputTokens', 'cacheWriteInputTokens'],
}
const PLACES = ['usage', 'response', 'message', 'usageMetadata', 'usage_metadata', 'token_usage', 'tokenUsage']
const BENT = ['5', '"none"', 'null', '[]', '[{"input_tokens":5}]', 'true', '{}', '""', '{"usage":{"input_tokens":3}}']
const WRONG_NUMBERS = ['null', '"12"', '"x"', '-3', '1.5', '{}', '[]', '""', '1e3', 'true']
const TEXTS = ['"standard"', '"batch"', '""', 'null', '7', '{"a":1}', '["batch"]']

/** Some members of a line: usage objects where providers put them, and now and then the same again elsewhere. */
export function providerMembers(random: Random): string[] {
  const members = [providerMember(random)]
  if (random.chance(0.2)) members.push(providerMember(random))
  if (random.chance(0.2)) members.push(...flatMembers(random))
  if (random.chance(0.1)) members.push(`"modelVersion":${random.pick([...MODELS, ...TEXTS])}`)
  return members
}

function providerMember(random: Random): string {
  const place = random.pick(PLACES)
  if (random.chance(0.1)) return `"${place}":${random.pick(BENT)}`
  const usage = usageObject(random)
  if (place !== 'response' && place !== 'message') return `"${place}":${usage}`
  const inside = random.chance(0.1) ? random.pick(BENT) : usage
  const model = random.pick(random.chance(0.9) ? MODELS : TEXTS)
  return `"${place}":{"id":"r${random.below(9)}","model":${model},"usage":${inside},"role":"assistant"}`
}

function usageObject(random: Random): string {
  const shape = SHAPES[random.pick(Object.keys(SHAPES))]!
  const isWhole = random.chance(0.7)
  const members = shape.filter(() => isWhole || random.chance(0.6)).map(part => usageMember(part, random))
  return `{${members.join(random.chance(0.2) ? ' , ' : ',')}}`
}

function usageMember(part: string, random: Random): string {
  const [name, inner] = part.split(':')
  if (part.endsWith('=')) return `"${part.slice(0, -1)}":${random.pick(random.chance(0.8) ? TEXTS.slice(0, 2) : TEXTS)}`
  if (inner === undefined) return `"${name}":${tokenCount(name!, random)}`
  if (random.chance(0.05)) return `"${name}":${random.pick(BENT)}`
  const parts = inner.slice(1, -1).split(',')
  return `"${name}":{${parts.map(key => `"${key}":${random.chance(0.05) ? 'null' : random.below(60)}`).join(',')}}`
}

// Parts are mostly smaller than their whole, so that most lines are right.
function tokenCount(name: string, random: Random): string {
  if (random.chance(0.03)) return random.pick(WRONG_NUMBERS)
  const isPart = /cache|reason|thought|tool/i.test(name)
  return String(isPart ? random.below(100) : 200 + random.below(5000))
}

function flatMembers(random: Random): string[] {
  const names = ['inputTokens', 'promptTokens', 'outputTokens', 'cacheReadInputTokens', 'prompt_tokens', 'totalTokens']
  const chosen = names.filter(() => random.chance(0.4))
  return chosen.map(name => `"${name}":${tokenCount(name, random)}`)
}
