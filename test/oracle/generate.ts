// Random logs and random questions about them, each from one seed.
import type { Random } from '../scan/random.ts'
import type { ReportQuestion } from './answer.ts'
import { dayAfter, startOfDay } from './clock.ts'
import { camel, fieldOf, type LogFile } from './events.ts'
import type { Range, Where } from './question.ts'

const ZONES = [...Array.from({ length: 12 }, () => 'UTC'), 'Asia/Kolkata', 'America/New_York', 'Europe/Berlin']

/** Values of fields as JSON, the ordinary ones first. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
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
  model: ['"house-a"', '"house-b"', '"house-c"', '"house-a"'],
  event: ['"analysis"', '"request"', '"user_query"', '"own_kind"'],
  status: ['"ok"', '"error"', '"Timeout"', '"unheard of"', '"200"', '503', 'true', 'false'],
  success: ['true', 'false'],
  status_code: ['200', '404', '"500"', '399'],
  error: ['"no"', 'false', '{"message":"bad","code":1.0}', '{}'],
  tokens: ['0', '1', '7', '10', '120', '4096', '1e3', '12.0', '"1200"', '9007199254740991', '123456789'],
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
const NAMES: readonly (readonly [string, string, number])[] = [
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
  readonly files: readonly LogFile[]
  /** Texts of the files, as they are written. */
  readonly texts: Readonly<Record<string, string>>
}

/** Some files of some lines, in the order of their names. */
export function randomLogs(random: Random): Logs {
  const names = random.pick([
    ['2026-02-02.jsonl'],
    ['2026-02-01.jsonl', '2026-02-02.jsonl', '2026-02-04.jsonl'],
    ['app.jsonl'],
    ['2026-02-02.api-1.jsonl', '2026-02-02.jsonl', 'app.jsonl'],
  ])
  const most = random.pick([3, 12, 40, 200])
  const files = names.map((name): LogFile => {
    const day = /^\d{4}-\d\d-\d\d/.exec(name)?.[0]
    return { name, day, lines: Array.from({ length: random.below(most + 1) }, () => randomLine(random, day)) }
  })
  const texts = Object.fromEntries(files.map(({ name, lines }) => [name, lines.map(line => `${line}\n`).join('')]))
  return { files, texts }
}

function randomLine(random: Random, day: string | undefined): string {
  if (random.chance(0.06)) return random.pick(BAD_LINES)
  const isPlain = random.chance(0.5)
  const isCamel = random.chance(0.15)
  const nested = random.chance(0.12) ? randomUsage(random) : undefined
  const members = NAMES.filter(
    ([name, , share]) => random.chance(share) && !(nested !== undefined && /token/.test(name)),
  ).map(([name, pool]) => {
    const values = VALUES[pool]!
    const called = isCamel && fieldOf(name) !== undefined ? camel(name) : name
    return `${JSON.stringify(called)}:${random.pick(isPlain ? values.slice(0, 4) : values)}`
  })
  if (nested !== undefined) members.push(nested)
  if (random.chance(0.4)) members.push(`"id":"${random.below(30)}"`)
  if (random.chance(0.3))
    members.push(`"nested":{"place":${random.pick(VALUES.region!)},"list":[${random.below(3)},1]}`)
  const time = randomTime(random)
  if (day === undefined || random.chance(0.93))
    members.unshift(`"${random.pick(['timestamp', 'timestamp', 'time', 'ts', '@timestamp'])}":${time}`)
  return `{${members.join(',')}}`
}

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
export function randomPrune(random: Random, prunedIn?: string): { readonly zone: string; readonly words: string[] } {
  const zone = prunedIn ?? random.pick(ZONES)
  const age = () => `${14 + random.below(7)}d`
  const ages = random.pick([
    ['--older-than', age()],
    ['--older-than', age()],
    ['--errors', age()],
    ['--older-than', age(), '--errors', age()],
    ['--older-than', age(), '--sessions', age()],
  ])
  return { zone, words: ['log', 'prune', '--yes', '--log-timezone', zone, ...ages] }
}

function randomTime(random: Random): string {
  const instant = Date.UTC(2026, 1, 1) + random.below(96 * 60) * 60_000 + random.pick([0, 0, 123, 59_999])
  const text = new Date(instant).toISOString()
  return random.pick([
    `"${text}"`,
    `"${text}"`,
    `"${text.replace('Z', '+00:00')}"`,
    `"${text.slice(0, 19).replace('T', ' ')}"`,
    `"${text.slice(0, 10)}"`,
    String(instant),
    String(Math.floor(instant / 1000)),
    `"${Math.floor(instant / 1000)}"`,
  ])
}

/** Names to ask by: fields, their other names, and what no list knows. */
const ASKED = [
  ...NAMES.map(([name]) => name),
  ...'organization username llm_provider response_time_ms costUSD total_cost checks_count inputTokens durationMs clientId totalTokens httpStatus nested.place nested.list nested.list.1 nothing'.split(
    ' ',
  ),
]
const POOL_OF: ReadonlyMap<string, string> = new Map([
  ...NAMES.map(([name, pool]) => [name, pool] as const),
  ['inputTokens', 'tokens'],
  ['durationMs', 'duration'],
  ['response_time_ms', 'duration'],
  ['total_cost', 'cost'],
  ['costUSD', 'cost'],
  ['totalTokens', 'tokens'],
  ['clientId', 'client'],
  ['organization', 'client'],
  ['httpStatus', 'status_code'],
  ['nested.place', 'region'],
])
const OPERATORS = ['=', '=', '!=', '<', '<=', '>', '>=', '~', '!~'] as const

export interface Words<T> {
  readonly question: T
  /** The flags that ask it. */
  readonly words: readonly string[]
}

/** Lines that were pruned are still read in the zone of then. */
export function randomQuestion(random: Random, prunedIn?: string): Words<ReportQuestion> {
  const zone = prunedIn !== undefined && random.chance(0.5) ? prunedIn : random.pick(ZONES)
  const logZone = prunedIn ?? (random.chance(0.7) ? zone : random.pick(ZONES))
  const range = randomRange(random, zone)
  const filters = randomFilters(random)
  const wheres = Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, () => randomWhere(random))
  const dedupe = random.pick(['file', 'file', 'off', 'all'] as const)
  const joinsVersions = random.chance(0.15)
  const cost = random.pick(['auto', 'auto', 'logged', 'estimated', 'none'] as const)
  const isCompared = range.previous !== null && random.chance(0.3)
  return {
    question: {
      zone,
      logZone,
      range: range.range,
      dedupe,
      filters,
      wheres: wheres.map(({ question }) => question),
      cost,
      ...(joinsVersions ? { joinsVersions } : {}),
      compared: isCompared ? range.previous : null,
    },
    words: [
      '--timezone',
      zone,
      '--log-timezone',
      logZone,
      '--dedupe',
      dedupe,
      ...(joinsVersions ? ['--family'] : []),
      ...range.words,
      ...Object.entries(filters).flatMap(([flag, values]) => [
        `--${flag}`,
        values.map(value => quoted(value, random)).join(','),
      ]),
      ...wheres.flatMap(({ words }) => words),
      ...(cost === 'none' ? ['--no-cost'] : ['--cost', cost]),
      ...(isCompared ? ['--compare', 'previous'] : []),
    ],
  }
}

interface AskedRange {
  readonly range: Range
  readonly previous: Range | null
  readonly words: readonly string[]
}

function randomRange(random: Random, zone: string): AskedRange {
  const first = dayAfter('2026-01-31', random.below(4))
  const last = dayAfter(first, random.below(4))
  const [from, to] = [startOfDay(first, zone), startOfDay(dayAfter(last), zone)]
  const days = (to - from) / 86_400_000
  const previous = { from: startOfDay(dayAfter(first, -Math.round(days)), zone), to: from }
  return random.pick<() => AskedRange>([
    () => ({ range: { from: null, to: null }, previous: null, words: [] }),
    () => ({ range: { from, to }, previous, words: ['--start-date', first, '--end-date', last] }),
    () => ({
      range: { from, to: startOfDay(dayAfter(first), zone) },
      previous: { from: startOfDay(dayAfter(first, -1), zone), to: from },
      words: ['--period', first],
    }),
    () => ({ range: { from, to: null }, previous: null, words: ['--since', first] }),
    () => ({ range: { from: null, to }, previous: null, words: ['--until', last] }),
    () => instants(random),
  ])()
}

function instants(random: Random): AskedRange {
  const from = Date.UTC(2026, 1, 1) + random.below(72) * 3_600_000 + 1
  const to = from + (1 + random.below(30)) * 3_600_000
  const words = ['--since', new Date(from).toISOString(), '--until', new Date(to).toISOString()]
  return { range: { from, to }, previous: { from: 2 * from - to, to: from }, words }
}

const FILTERS: readonly (readonly [string, string])[] = [
  ['client', 'client'],
  ['user', 'user'],
  ['profile', 'profile'],
  ['model', 'model'],
  ['feature', 'feature'],
  ['event', 'event'],
  ['status', 'success'],
]

function randomFilters(random: Random): Record<string, string[]> {
  const filters: Record<string, string[]> = {}
  for (const [flag, pool] of FILTERS) {
    if (!random.chance(0.1)) continue
    const count = 1 + random.below(2)
    filters[flag] = Array.from({ length: count }, () => {
      const value = flag === 'status' ? random.pick(['ok', 'error']) : wordOf(random.pick(VALUES[pool]!)) || '(none)'
      const pattern = random.chance(0.2) ? `${value.slice(0, 3)}*` : value
      return random.chance(0.2) ? `!${pattern}` : pattern
    })
  }
  return filters
}

function randomWhere(random: Random): Words<Where> {
  const name = random.pick(ASKED)
  const operator = random.pick(OPERATORS)
  const isOrder = operator.startsWith('<') || operator.startsWith('>')
  const values = Array.from({ length: isOrder || random.chance(0.7) ? 1 : 2 }, () =>
    randomValue(random, name, operator.endsWith('~')),
  )
  const question = { name, operator, values }
  return { question, words: ['--where', `${name}${operator}${values.map(value => quoted(value, random)).join(',')}`] }
}

function randomValue(random: Random, name: string, isPattern: boolean): string {
  const pool = VALUES[POOL_OF.get(name) ?? random.pick(Object.keys(VALUES))]!
  const value = random.pick([
    () => wordOf(random.pick(pool)),
    () => wordOf(random.pick(pool)),
    () => random.pick(['', '(none)', '10', '1.5', '5e-1', '007', '2.0000', '1000', 'true', 'error', 'm']),
  ])()
  return isPattern && random.chance(0.6) ? `${value.slice(0, 2)}*` : value
}

function wordOf(json: string): string {
  return json.startsWith('"')
    ? (JSON.parse(json) as string)
    : json === 'null' || json.startsWith('{') || json.startsWith('[')
      ? ''
      : json
}

function quoted(value: string, random: Random): string {
  const isNegated = value.startsWith('!')
  const bare = isNegated ? value.slice(1) : value
  if (!/[,"]/.test(bare) && !random.chance(0.1)) return value
  return `${isNegated ? '!' : ''}"${bare.replaceAll('"', '""')}"`
}

const UNITS = ['hour', 'day', 'week', 'month']

/** Fields to group by, none twice and no two that are one in camelCase. */
export function randomGroup(random: Random): string[] {
  const names = new Set(
    Array.from({ length: 1 + random.below(3) }, () => (random.chance(0.3) ? random.pick(UNITS) : random.pick(ASKED))),
  )
  return [...names]
}

export function randomSort(random: Random): readonly [string, string] {
  return random.pick([
    ['analyses', 'analyses'],
    ['checks', 'checks'],
    ['total_tokens', 'totalTokens'],
    ['cost', 'costUsd'],
    ['errors', 'errors'],
    ['inputTokens', 'inputTokens'],
    ['share', 'share'],
  ] as const)
}
