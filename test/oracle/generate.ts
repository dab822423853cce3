// Random logs, each from one seed: every field by many of its names, every kind, values of all sorts, on ordinary days and on
// those whose clocks change.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Random } from '../scan/random.ts'
import { dayAfter } from './clock.ts'
import { camel, fieldOf, type LogFile } from './events.ts'

const ODD_ZONES = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'Europe/Berlin',
  'Atlantic/Azores',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

export function randomZone(random: Random): string {
  return random.chance(0.6) ? 'UTC' : random.pick(ODD_ZONES)
}

/** Ordinary days, the end of a year, and days on which clocks change in one of the zones. */
const FIRST_DAYS = [
  ...['2026-02-01', '2026-02-01', '2026-02-27', '2025-12-30', '2024-02-27'],
  ...['2026-03-07', '2026-03-28', '2026-04-03', '2026-04-23', '2026-10-23', '2026-10-29'],
]

/** Values of fields as JSON, the ordinary ones first. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  client: [
    '"diageo"',
    '"unilever"',
    '"nestle"',
    '7',
    '7.10',
    '"007.10"',
    '"7.1"',
    '12e4',
    '"120000"',
    '"a,b"',
    '"say \\"hi\\""',
    '"(none)"',
    '"日本"',
    'true',
    'null',
    '""',
  ],
  user: ['"anna"', '"bob"', '"carl@x.com"', '9007199254740993', '9007199254740992'],
  profile: ['"brand_check"', '"brand_check_v2"', '"brand_check_v10"', '"tone"'],
  feature: ['"chat"', '"scan"', '"a*b"'],
  model: [
    '"house-a"',
    '"house-b"',
    '"house-c"',
    '"house-d"',
    '"house-e"',
    '"house-fast"',
    '"house-free"',
    '"our-a"',
    '"openai/house-a"',
    '"acme/house-a"',
  ],
  event: [
    '"analysis"',
    '"request"',
    '"user_query"',
    '"own_kind"',
    '"session_start"',
    '"session_end"',
    '"file_upload"',
    '"agent_response"',
    '"activity"',
    '"feedback"',
    '"threat"',
    '"error"',
    '"custom"',
  ],
  tier: ['"standard"', '"standard"', '"batch"', '"flex"'],
  error_type: ['"timeout"', '"rate_limit"', '"Timeout"', '429'],
  endpoint: ['"/api/chat"', '"/api/scan"', '"/api/*"', '"/"'],
  method: ['"GET"', '"POST"', '"post"'],
  country: ['"GB"', '"IN"', '"gb"'],
  session: ['"s1"', '"s2"', '17', '"17"'],
  status: ['"ok"', '"error"', '"Timeout"', '"unheard of"', '"200"', '503', 'true', 'false'],
  success: ['true', 'false'],
  status_code: ['200', '404', '"500"', '399'],
  error: ['"no"', 'false', '{"message":"bad","code":1.0}', '{}'],
  tokens: ['0', '1', '7', '10', '120', '4096', '1e3', '12.0', '"1200"', '9007199254740991', '123456789'],
  rating: ['1', '3', '5', '"4"', '6', '2.5'],
  severity: ['"low"', '"high"', '"critical"', '"Critical"'],
  small: ['0', '1', '2', '5'],
  beside: ['1', '3', '20'],
  checks: ['0', '3', '12', '[1,2]', '{"a":1,"b":2,"c":3}', '[]', '"5"'],
  cost: [
    '0',
    '0.25',
    '1.50',
    '7.10',
    '0.1',
    '0.2',
    '"0.3"',
    '1.5e-7',
    '0.0000000000001234',
    '0.123456789012345678901234567890',
    '12345.678901',
  ],
  duration: ['0', '1.5', '2', '350', '350.25', '1500', '2000', '0.004', '1e3', '"12.5"'],
  region: ['"eu"', '"us"', '"eu-west"', '"a,b"', '"EU"'],
  weight: [
    '1000',
    '1e3',
    '1000.0',
    '"1000"',
    '"01000"',
    '1.10',
    '1.1',
    '123456789012345678901234567890',
    '123456789012345678901234567891',
    '-3',
    '"heavy"',
    'null',
  ],
}

/** Names in lines, each with the pool of its values and how often it is there. */
export const NAMES: readonly (readonly [string, string, number])[] = [
  ['client', 'client', 0.6],
  ['tenant', 'client', 0.2],
  ['user', 'user', 0.4],
  ['email', 'user', 0.2],
  ['profile', 'profile', 0.4],
  ['profile_id', 'profile', 0.1],
  ['feature', 'feature', 0.3],
  ['activity', 'feature', 0.1],
  ['model', 'model', 0.5],
  ['llm_model', 'model', 0.2],
  ['event', 'event', 0.4],
  ['type', 'event', 0.1],
  ['event_type', 'event', 0.05],
  ['client_id', 'client', 0.05],
  ['organization', 'client', 0.05],
  ['team', 'client', 0.03],
  ['user_id', 'user', 0.05],
  ['username', 'user', 0.03],
  ['profile_name', 'profile', 0.05],
  ['activity_type', 'feature', 0.05],
  ['analysis_type', 'feature', 0.03],
  ['model_name', 'model', 0.05],
  ['provider', 'endpoint', 0.05],
  ['custom_llm_provider', 'error_type', 0.03],
  ['service_tier', 'tier', 0.15],
  ['session_id', 'session', 0.15],
  ['error_type', 'error_type', 0.15],
  ['endpoint', 'endpoint', 0.2],
  ['route', 'endpoint', 0.05],
  ['http_method', 'method', 0.1],
  ['country', 'country', 0.15],
  ['country_code', 'country', 0.05],
  ['error_message', 'error', 0.05],
  ['error_code', 'status_code', 0.05],
  ['total_checks', 'checks', 0.05],
  ['checks_count', 'checks', 0.05],
  ['cost', 'cost', 0.05],
  ['total_cost', 'cost', 0.03],
  ['costUSD', 'cost', 0.03],
  ['response_time_ms', 'duration', 0.05],
  ['rating', 'rating', 0.1],
  ['severity', 'severity', 0.1],
  ['resolved', 'success', 0.1],
  ['threat_type', 'error_type', 0.1],
  ['status', 'status', 0.3],
  ['success', 'success', 0.15],
  ['status_code', 'status_code', 0.2],
  ['http_status', 'status_code', 0.1],
  ['error', 'error', 0.1],
  ['checks', 'checks', 0.3],
  ['num_checks', 'checks', 0.1],
  ['input_tokens', 'tokens', 0.35],
  ['prompt_tokens', 'tokens', 0.2],
  ['output_tokens', 'tokens', 0.4],
  ['completion_tokens', 'tokens', 0.1],
  ['total_tokens', 'tokens', 0.2],
  ['cache_read_tokens', 'small', 0.1],
  ['cached_tokens', 'small', 0.05],
  ['cache_write_tokens', 'small', 0.05],
  ['cache_read_input_tokens', 'beside', 0.12],
  ['cache_creation_input_tokens', 'beside', 0.1],
  ['reasoning_tokens', 'small', 0.05],
  ['cost_usd', 'cost', 0.2],
  ['spend', 'cost', 0.1],
  ['duration_ms', 'duration', 0.2],
  ['latency_ms', 'duration', 0.1],
  ['processing_time', 'duration', 0.15],
  ['duration_seconds', 'duration', 0.1],
  ['x_region', 'region', 0.5],
  ['weight', 'weight', 0.5],
  ['foo_bar', 'region', 0.2],
  ['fooBar', 'weight', 0.2],
  ['share', 'weight', 0.2],
  ['rate', 'region', 0.2],
  ['section', 'region', 0.1],
]

const BAD_LINES = [
  'not json',
  '[1]',
  '{"timestamp":"2026-02-30T00:00:00Z"}',
  '{"timestamp":"2026-02-02T00:00:00Z","client":{"a":1}}',
  '{"timestamp":"2026-02-02T00:00:00Z","input_tokens":-1}',
  '{"timestamp":"2026-02-02T00:00:00Z","input_tokens":5,"cached_tokens":6}',
  '',
]

export interface Logs {
  /** The first of the five days that the events are of, in UTC. */
  readonly first: string
  /** When questions are asked: weeks later, or while the days are still running. */
  readonly now: number
  readonly files: readonly LogFile[]
  /** Bytes of the files, as they are written. */
  readonly contents: Readonly<Record<string, Buffer>>
}

/** Some files of some lines, in the order of their names. */
export function randomLogs(random: Random): Logs {
  const first = random.pick(FIRST_DAYS)
  const start = Date.parse(`${first}T00:00:00Z`)
  const now = start + random.pick([19 * 24 + 8, 19 * 24 + 8, 3 * 24 + 13.5, 2 * 24 + 21]) * 3_600_000
  const [one, two, four] = [0, 1, 3].map(count => dayAfter(first, count)) as [string, string, string]
  const names = random.pick([
    [`${two}.jsonl`],
    [`${one}.jsonl`, `${two}.jsonl`, `${four}.jsonl`],
    ['app.jsonl'],
    [`${two}.api-1.jsonl`, `${two}.jsonl`, 'app.jsonl'],
    [`${two}.jsonl`, `api/${two}.jsonl`],
    [`${one}.jsonl.gz`, `${two}.jsonl`],
    [`export-${one}_${two}.jsonl`, `export-${four}.jsonl`],
  ])
  const most = random.pick([3, 12, 40, 200, 300])
  const files = names.map((name): LogFile => {
    const [day, lastDay] = name.match(/\d{4}-\d\d-\d\d/g) ?? []
    const count = random.below(most + 1)
    const own = lastDay === undefined ? day : undefined
    const hasUsage = random.chance(0.85)
    const lines = Array.from({ length: count }, () => randomLine(random, start, own, hasUsage))
    return { name, day, lastDay, lines }
  })
  const contents = Object.fromEntries(files.map(file => [file.name, bytesOf(file, random)]))
  return { first, now, files, contents }
}

/** Into the folder of logs of a workspace. */
export function writeLogs(workspace: string, { contents }: Logs): void {
  for (const [name, bytes] of Object.entries(contents)) {
    const path = join(workspace, 'usage_logs', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}

function bytesOf({ name, lines }: LogFile, random: Random): Buffer {
  const newline = random.chance(0.1) ? '\r\n' : '\n'
  const mark = random.chance(0.05) ? '\ufeff' : ''
  // A last line that is no JSON and lacks its end is one that somebody still writes.
  const isEnded = random.chance(0.9) || BAD_LINES.includes(lines.at(-1) ?? '')
  const bytes = Buffer.from(`${mark}${lines.join(newline)}${isEnded && lines.length > 0 ? newline : ''}`)
  return name.endsWith('.gz') ? gzipSync(bytes) : bytes
}

function randomLine(random: Random, start: number, day: string | undefined, hasUsage: boolean): string {
  if (random.chance(0.06)) return random.pick(BAD_LINES)
  const isPlain = random.chance(0.5)
  const isCamel = random.chance(0.15)
  const nested = hasUsage && random.chance(0.12) ? randomUsage(random) : undefined
  const members = NAMES.filter(
    ([name, pool, share]) =>
      random.chance(share) && !(nested !== undefined && /token/.test(name)) && (hasUsage || !USAGE.includes(pool)),
  ).map(([name, pool]) => {
    const values = VALUES[pool]!
    const called = isCamel && fieldOf(name) !== undefined ? camel(name) : name
    return `${JSON.stringify(called)}:${random.pick(isPlain ? values.slice(0, 4) : values)}`
  })
  if (nested !== undefined) members.push(nested)
  if (random.chance(0.4))
    members.push(`"${random.pick(['id', 'id', 'event_id', 'interaction_id'])}":"${random.below(30)}"`)
  if (random.chance(0.3))
    members.push(`"nested":{"place":${random.pick(VALUES.region!)},"list":[${random.below(3)},1]}`)
  if (day === undefined || random.chance(0.93)) members.unshift(`"${random.pick(TIMES)}":${randomTime(random, start)}`)
  return `{${members.join(',')}}`
}

/** Pools of what an analysis used. */
const USAGE = ['tokens', 'small', 'beside', 'checks', 'cost']

const TIMES = ['timestamp', 'timestamp', 'time', 'ts', '@timestamp', 'created_at', 'datetime', 'startTime']

// What providers answer, where they put it.
function randomUsage(random: Random): string {
  const few = () => random.pick(['0', '1', '3'])
  const many = () => random.pick(['5', '12', '4096', '123456789'])
  const usage = random.pick([
    () => `{"prompt_tokens":${many()},"completion_tokens":${many()},"total_tokens":7}`,
    () =>
      `{"prompt_tokens":${many()},"prompt_tokens_details":{"cached_tokens":${few()}},"completion_tokens":${many()},"completion_tokens_details":{"reasoning_tokens":${few()}}}`,
    () =>
      `{"input_tokens":${few()},"cache_creation_input_tokens":${few()},"cache_read_input_tokens":${many()},"output_tokens":${many()}}`,
    () => `{"input_tokens":${many()},"input_tokens_details":{"cached_tokens":${few()}},"output_tokens":${few()}}`,
  ])()
  const gemini = `{"promptTokenCount":${many()},"cachedContentTokenCount":${few()},"candidatesTokenCount":${many()},"thoughtsTokenCount":${few()}}`
  return random.pick([
    `"usage":${usage}`,
    `"response":{"id":"r","usage":${usage}}`,
    `"message":{"usage":${usage}}`,
    `"usageMetadata":${gemini}`,
  ])
}

/** A prune that reads times without an offset as all later questions do. */
export function randomPrune(
  random: Random,
  { first, now }: Logs,
  prunedIn?: string,
): { readonly zone: string; readonly words: string[] } {
  const zone = prunedIn ?? randomZone(random)
  const days = Math.floor((now - Date.parse(`${first}T00:00:00Z`)) / 86_400_000)
  const age = () => `${Math.max(1, days - 5 + random.below(7))}d`
  const ages = random.pick([
    ['--older-than', age()],
    ['--older-than', age()],
    ['--errors', age()],
    ['--older-than', age(), '--errors', age()],
    ['--older-than', age(), '--sessions', age()],
  ])
  return { zone, words: ['log', 'prune', '--yes', '--log-timezone', zone, ...ages] }
}

function randomTime(random: Random, start: number): string {
  const instant = start + random.below(96 * 60) * 60_000 + random.pick([0, 0, 123, 59_999])
  const text = new Date(instant).toISOString()
  return random.pick([
    `"${text}"`,
    `"${text}"`,
    `"${text.replace('Z', '+00:00')}"`,
    `"${new Date(instant + 20_700_000).toISOString().replace('Z', '+05:45')}"`,
    `"${text.slice(0, 19).replace('T', ' ')}"`,
    `"${text.slice(0, 23)}"`,
    `"${text.slice(0, 10)}"`,
    String(instant),
    String(Math.floor(instant / 1000)),
    `"${Math.floor(instant / 1000)}"`,
  ])
}
