import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerReader } from '../../src/capture/answer-reader.ts'
import type { AnswerUsage } from '../../src/capture/answer-usage.ts'

interface Answer {
  readonly type?: string
  readonly encoding?: string
  readonly status?: number
  /** How many bytes come at a time. */
  readonly size?: number
}

function usageOf(text: string, answer: Answer = {}): AnswerUsage | undefined {
  const { type = 'application/json', encoding, status = 200, size = 7 } = answer
  const reader = new AnswerReader()
  reader.open(type, encoding)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) reader.add(bytes.subarray(at, at + size))
  return reader.usage(status)
}

const usageOfStream = (...events: unknown[]) => usageOf(streamOf(...events), { type: 'text/event-stream' })
const streamOf = (...events: unknown[]) =>
  events.map(event => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('')

const CHAT = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o',
  choices: [{ message: { content: 'all is "well"' } }],
  usage: { prompt_tokens: 9, completion_tokens: 8 },
}
const FORGED = { prompt_tokens: 900_000_000, completion_tokens: 900_000_000, input_tokens: 900_000_000 }

describe('the usage of an answer', () => {
  it.each<[string, object, AnswerUsage]>([
    ['a chat of OpenAI', CHAT, { model: 'gpt-4o', inputTokens: 9, outputTokens: 8 }],
    [
      'a response of OpenAI',
      {
        object: 'response',
        model: 'gpt-5',
        service_tier: 'flex',
        usage: {
          input_tokens: 9,
          input_tokens_details: { cached_tokens: 4 },
          output_tokens: 8,
          output_tokens_details: { reasoning_tokens: 3 },
          total_tokens: 17,
        },
      },
      {
        model: 'gpt-5',
        inputTokens: 9,
        cacheReadTokens: 4,
        outputTokens: 8,
        reasoningTokens: 3,
        totalTokens: 17,
        serviceTier: 'flex',
      },
    ],
    [
      'embeddings',
      { object: 'list', data: [{ embedding: [0.1] }], model: 'text-embedding-3-small', usage: { prompt_tokens: 5 } },
      { model: 'text-embedding-3-small', inputTokens: 5 },
    ],
    [
      'Anthropic',
      {
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-5',
        usage: {
          input_tokens: 3,
          cache_read_input_tokens: 100,
          cache_creation_input_tokens: 20,
          cache_creation: { ephemeral_5m_input_tokens: 15, ephemeral_1h_input_tokens: 5 },
          output_tokens: 7,
          service_tier: 'standard',
        },
      },
      {
        model: 'claude-sonnet-4-5',
        inputTokens: 3,
        cacheReadInputTokens: 100,
        cacheCreationInputTokens: 20,
        cacheWrite1hTokens: 5,
        outputTokens: 7,
        serviceTier: 'standard',
      },
    ],
    [
      'Gemini',
      {
        candidates: [{}],
        usageMetadata: {
          promptTokenCount: 10,
          candidatesTokenCount: 4,
          thoughtsTokenCount: 6,
          cachedContentTokenCount: 2,
          totalTokenCount: 20,
        },
        modelVersion: 'gemini-2.5-pro',
      },
      {
        model: 'gemini-2.5-pro',
        inputTokens: 10,
        outputTokens: 10,
        cacheReadTokens: 2,
        reasoningTokens: 6,
        totalTokens: 20,
      },
    ],
    [
      'Bedrock, which names no model',
      { output: { message: {} }, stopReason: 'end_turn', metrics: {}, usage: { inputTokens: 5, outputTokens: 6 } },
      { inputTokens: 5, outputTokens: 6 },
    ],
  ])('is read from %s, however it is cut into pieces', (_name, answer, usage) => {
    for (const size of [1, 2, 3, 64, 1_000_000]) expect(usageOf(JSON.stringify(answer), { size })).toEqual(usage)
    expect(usageOf(JSON.stringify(answer, null, 2))).toEqual(usage)
  })

  it('is read from streams of OpenAI', () => {
    const chunk = { object: 'chat.completion.chunk', model: 'gpt-4o', service_tier: 'default' }
    const usage = { prompt_tokens: 7, completion_tokens: 9 }
    const last = { ...chunk, choices: [], usage }
    expect(usageOfStream({ ...chunk, choices: [{}], usage: null }, last, '[DONE]')).toEqual({
      model: 'gpt-4o',
      inputTokens: 7,
      outputTokens: 9,
      serviceTier: 'default',
    })
    const response = { object: 'response', model: 'gpt-5', service_tier: 'auto', usage: null }
    const end = { ...response, service_tier: 'flex', usage: { input_tokens: 9, output_tokens: 8 } }
    const events = [
      { type: 'response.created', response },
      { type: 'response.completed', response: end },
    ]
    expect(usageOfStream(...events)).toMatchObject({ model: 'gpt-5', inputTokens: 9, serviceTier: 'flex' })
  })

  it('is read from streams of Anthropic and Gemini, with other fields and line ends', () => {
    const start = {
      type: 'message_start',
      message: { type: 'message', model: 'claude-sonnet-4-5', usage: { input_tokens: 25, output_tokens: 1 } },
    }
    const lines = [
      `event: message_start\r\ndata: ${JSON.stringify(start)}\r\n\r\n: ping\r\n\r\n`,
      'event: content_block_delta\r\ndata: {"type":"content_block_delta","delta":{"text":"Grüße"}}\r\n\r\n',
      'event: message_delta\r\ndata: {"type":"message_delta","usage":{"output_tokens":15}}\r\n\r\n',
    ]
    const type = 'text/event-stream; charset=utf-8'
    for (const size of [1, 5, 1000])
      expect(usageOf(lines.join(''), { type, size })).toEqual({
        model: 'claude-sonnet-4-5',
        inputTokens: 25,
        outputTokens: 15,
      })
    const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 4 }
    const chunk = { candidates: [{}], modelVersion: 'gemini-2.5-pro', usageMetadata }
    expect(usageOfStream(chunk)).toEqual({ model: 'gemini-2.5-pro', inputTokens: 3, outputTokens: 4 })
  })

  it('is read at the end of an answer of megabytes', () => {
    const long = { ...CHAT, choices: [{ message: { content: '\\"'.repeat(1_000_000) } }], usage: CHAT.usage }
    expect(usageOf(JSON.stringify(long), { size: 65_536 })).toMatchObject({ inputTokens: 9 })
  })

  it('is what JSON.parse would find, whatever else the answer holds', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', ':', ',', 'usage', 'é', '[') })
    fc.assert(
      fc.property(
        fc.dictionary(text, fc.jsonValue()),
        text,
        fc.integer({ min: 1, max: 40 }),
        (others, content, size) => {
          const answer = { ...others, ...CHAT, choices: [{ message: { content } }, others], more: { usage: FORGED } }
          expect(usageOf(JSON.stringify(answer), { size })).toEqual({
            model: 'gpt-4o',
            inputTokens: 9,
            outputTokens: 8,
          })
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('no usage', () => {
  const text = JSON.stringify(CHAT)

  it.each<[string, string, Answer]>([
    ['another type', text, { type: 'text/plain' }],
    ['no type', text, { type: '' }],
    ['a page', text, { type: 'text/html' }],
    ['a failure', text, { status: 400 }],
    ['a redirect', text, { status: 302 }],
    ['a packed answer', text, { encoding: 'gzip' }],
    ['an answer that is cut off', text.slice(0, -1), {}],
    ['two answers', text + text, {}],
    ['a list', `[${text}]`, {}],
    ['an echo in a member', JSON.stringify({ you: CHAT }), {}],
    ['an echo in a response', JSON.stringify({ response: { ...CHAT, object: 'response' } }), {}],
    ['an echo in a text', JSON.stringify({ text }), {}],
    ['an object without marks', JSON.stringify({ model: 'gpt-4o', usage: FORGED }), {}],
    ['a chat without choices', JSON.stringify({ ...CHAT, choices: undefined }), {}],
    ['a chat without a model', JSON.stringify({ ...CHAT, model: undefined }), {}],
    ['a message of a user', JSON.stringify({ type: 'message', role: 'user', model: 'x', usage: FORGED }), {}],
    ['counts that are none', JSON.stringify({ ...CHAT, usage: { prompt_tokens: -5, completion_tokens: '9' } }), {}],
    ['a whole chat in a stream', streamOf(CHAT), { type: 'text/event-stream' }],
    ['an event of no start', streamOf({ type: 'message_delta', usage: FORGED }), { type: 'text/event-stream' }],
    [
      'a stream of bare text with a line that a user wrote',
      `data: hello\n\n${streamOf({ object: 'chat.completion.chunk', model: 'gpt-4o', choices: [], usage: FORGED })}`,
      { type: 'text/event-stream' },
    ],
    ['usage that does not end', '"usage":{'.repeat(7000), {}],
  ])('is taken from %s', (_name, body, answer) => {
    expect(usageOf(body, answer)).toBeUndefined()
  })
})
