// Logs with all that is out of the ordinary, across a change of clocks, the same in every run: for comparing engines.
import { Random } from '../scan/random.ts'

const TEXTS = [
  'plain',
  'Ünïcode 漢字',
  'tab\there',
  'new\nline',
  'back\\slash',
  "quote'd",
  '"double"',
  '\\N',
  '\u0001\u007f',
  '😀',
]
const MORE_TEXTS = [
  '(none)',
  'a*b',
  'a.b',
  'brand',
  'brand_v2',
  'brand_v10',
  'brandx',
  '\u0000nul',
  ' spaced ',
  '%d',
  'NULL',
  'i\u0307İ',
]
const MODELS = [
  'gpt-4o',
  'gpt-4o-mini',
  'claude-sonnet-4-5',
  'deepseek-chat',
  'deepseek-reasoner',
  'gemini-2.5-pro',
  'no-such-model',
  'DeepSeek-Chat',
]
const KINDS = [
  undefined,
  'analysis',
  'request',
  'session_start',
  'error',
  'feedback',
  'my-kind',
  'file_upload',
  'user_query',
  'agent_response',
  'threat',
  'activity',
]
const INPUTS = [0, 100, 128_000, 128_001, 200_000, 200_001, 272_000, 999_999, 9_007_199_254_740_000, '1200']
const COSTS = [
  0,
  0.1,
  '0.000000000001',
  1.4999999999999999e-5,
  '0.1234567890123',
  123_456_789.5,
  '1e-30',
  '12345678901234567890.5',
]
const DURATIONS = [0, 0.001, 0.063, 0.064, 0.0655, 1, 12.5, 127.999, 4_503_599.627, 999_999_999]

const FIRST_DAY = Date.UTC(2026, 2, 27)
const DAY_MS = 86_400_000

/** Five days by the names of their files. */
export function oddLogs(linesADay: number, seed = 7): Record<string, string> {
  const random = new Random(seed)
  const logs: Record<string, string> = {}
  for (let day = 0; day < 5; day++) {
    const lines = Array.from({ length: linesADay }, (_, line) => oddLine(random, day, line / linesADay))
    const end = day === 4 ? '\n{"timest' : '\n'
    logs[`${new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10)}.jsonl`] =
      lines.join(day % 2 === 1 ? '\r\n' : '\n') + end
  }
  return logs
}

function oddLine(random: Random, day: number, share: number): string {
  const at = FIRST_DAY + day * DAY_MS + Math.floor(share * DAY_MS) + random.below(9_000_000) - 4_500_000
  const iso = new Date(at).toISOString()
  const event: Record<string, unknown> = {
    id: random.chance(0.9)
      ? `id-${random.chance(0.05) ? random.below(200) : `${day}-${share}`}${random.chance(0.02) ? ' and longer than sixteen bytes' : ''}`
      : undefined,
    timestamp: random.pick([
      iso,
      iso,
      iso,
      iso.slice(0, 23),
      at / 1000,
      String(at),
      undefined,
      iso.replace('Z', '+02:00'),
    ]),
    event: random.pick(KINDS),
    client: random.chance(0.05) ? undefined : random.pick([...TEXTS, ...MORE_TEXTS]),
    user: random.chance(0.1) ? '' : `u${random.below(20)}@x`,
    profile: random.pick([...TEXTS, ...MORE_TEXTS]),
    session: `s${random.below(100)}`,
    model: random.pick(MODELS),
    provider: random.pick([undefined, 'openai', 'anthropic', 'deepseek']),
    service_tier: random.pick([undefined, undefined, 'batch', 'flex', 'priority']),
    status: random.chance(0.2) ? random.pick(['ok', 'error', 'weird']) : undefined,
    status_code: random.chance(0.3) ? random.pick([200, 404, '500', 'x']) : undefined,
    error: random.chance(0.1) ? random.pick(['boom', { message: 'in it' }, false]) : undefined,
    error_type: random.chance(0.1) ? 'Timeout' : undefined,
    country: random.chance(0.5) ? random.pick(['DE', 'US', 'de']) : undefined,
    endpoint: random.chance(0.3) ? random.pick(['/api/check', '/api/ask']) : undefined,
    feature: random.chance(0.3) ? random.pick(['review', 'chat']) : undefined,
    duration_ms: random.chance(0.5) ? random.pick(DURATIONS) : undefined,
    cost_usd: random.chance(0.3) ? random.pick(COSTS) : undefined,
    checks: random.chance(0.4) ? random.pick([0, 3, [1, 2, 3], { a: 1 }]) : undefined,
    rating: random.chance(0.2) ? random.pick(['positive', 'negative', 5, true]) : undefined,
    file_type: random.chance(0.2) ? random.pick(['csv', 'pdf']) : undefined,
    file_size_bytes: random.chance(0.2) ? random.pick([0, 1024, 5e9, 'x']) : undefined,
    text_length: random.chance(0.2) ? random.pick([0, 17, 99_999]) : undefined,
    threat_type: random.chance(0.2) ? random.pick(['sqli', 'xss']) : undefined,
    severity: random.chance(0.2) ? random.pick(['high', 'low']) : undefined,
  }
  if (random.chance(0.8)) {
    event.input_tokens = random.pick(INPUTS)
    event.output_tokens = random.pick([0, 5, 1e6, undefined])
    if (random.chance(0.2) && Number(event.input_tokens) > 100) event.cache_read_tokens = 50
  } else if (random.chance(0.3)) event.total_tokens = 777
  if (random.chance(0.1)) Object.assign(event, { cache_read_input_tokens: 11, cache_creation_input_tokens: 5 })
  const line = JSON.stringify(event)
  const wrong = [
    line.slice(0, 20),
    '[1]',
    '',
    '{"timestamp":"2026-02-30T00:00:00Z"}',
    `{"timestamp":"${iso}","input_tokens":5,"cache_read_tokens":9}`,
  ]
  return random.chance(0.03) ? random.pick(wrong) : line
}
