// What a line of a log means, by the table of fields alone: the oracle's own reading of it.
import { readTime, startOfDay } from './clock.ts'
import { Literal, type Members, readJson, type Value } from './json.ts'
import { type Exact, plus, readNumber, rounded, times, whole } from './numbers.ts'

/** Each field with all its names; the first that has a value wins. */
const TEXTS: Readonly<Record<string, string>> = {
  event: 'event event_type type kind',
  id: 'id event_id interaction_id',
  client: 'client client_id tenant organization team',
  user: 'user user_email user_id email username',
  profile: 'profile profile_id profile_name',
  session: 'session session_id',
  feature: 'feature feature_name activity activity_type analysis_type',
  model: 'model model_name llm_model',
  provider: 'provider llm_provider custom_llm_provider',
  service_tier: 'service_tier',
  status: 'status success',
  status_code: 'status_code http_status error_code',
  error: 'error error_message',
  error_type: 'error_type',
  endpoint: 'endpoint path route',
  method: 'method http_method',
  country: 'country country_code',
  ip: 'ip ip_address',
  user_agent: 'user_agent',
}
const COUNTS: Readonly<Record<string, string>> = {
  checks: 'checks checks_count num_checks total_checks',
  input_tokens: 'input_tokens prompt_tokens',
  cache_read_tokens: 'cache_read_tokens cached_tokens',
  cache_write_tokens: 'cache_write_tokens',
  cache_read_input_tokens: 'cache_read_input_tokens',
  cache_creation_input_tokens: 'cache_creation_input_tokens',
  output_tokens: 'output_tokens completion_tokens',
  reasoning_tokens: 'reasoning_tokens',
  total_tokens: 'total_tokens',
}
const TIMES = 'timestamp time ts @timestamp created_at datetime startTime'
const COSTS = 'cost_usd cost spend total_cost costUSD'
const DURATIONS = 'duration_ms latency_ms response_time_ms processing_time duration_seconds'
const SECONDS = ['processing_time', 'duration_seconds']

const FIELDS = { ...TEXTS, ...COUNTS, timestamp: TIMES, cost_usd: COSTS, duration_ms: DURATIONS }

export interface KnownName {
  readonly field: string
  /** Whether the name is one of seconds. */
  readonly isSeconds: boolean
}

const BY_NAME = new Map<string, KnownName>()
for (const [field, names] of Object.entries(FIELDS)) {
  for (const name of names.split(' '))
    for (const form of [name, camel(name)]) BY_NAME.set(form, { field, isSeconds: SECONDS.includes(name) })
}
// Counted beside the input, they are the same counts.
BY_NAME.set('cache_read_input_tokens', { field: 'cache_read_tokens', isSeconds: false })
BY_NAME.set('cache_creation_input_tokens', { field: 'cache_write_tokens', isSeconds: false })

/** The field that a name stands for. */
export function fieldOf(name: string): KnownName | undefined {
  return BY_NAME.get(name)
}

export function camel(name: string): string {
  return name.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

export interface OracleEvent {
  readonly line: Members
  readonly file: string
  readonly at: number
  readonly instant: number
  readonly id: string | undefined
  readonly isError: boolean
  /** The texts of fields that the line gives; `event` always, `status` never. */
  readonly texts: ReadonlyMap<string, string>
  /** Counts as reports add them up, of what the line gives. */
  readonly counts: ReadonlyMap<string, bigint>
  /** Tokens that only a total tells of. */
  readonly unsplit: bigint
  readonly cost: Exact | undefined
  /** In milliseconds, to the microsecond. */
  readonly duration: Exact | undefined
  readonly isUsage: boolean
  /** Whether the line gives tokens, checks or a cost, be it 0. */
  readonly carriesUsage: boolean
  /** Whether no event that counts carries usage of its model, or of its log, so that nobody knows what it cost. */
  readonly isSilent: boolean
  /** Whose price counts; of a day without a time its start in UTC, in whatever zone. */
  readonly pricedAt: number
}

export interface LogFile {
  readonly name: string
  /** The day in its name. */
  readonly day: string | undefined
  /** Of two days in its name the second. */
  readonly lastDay?: string | undefined
  readonly lines: readonly string[]
}

/** A line as an event, or why it is rejected; undefined for a blank one. */
export function readEvent(
  text: string,
  file: LogFile,
  at: number,
  { zone, logZone }: { readonly zone: string; readonly logZone: string },
): OracleEvent | string | undefined {
  if (text.trim() === '') return undefined
  const line = readJson(text)
  if (line === undefined) return 'not-json'
  if (!(line instanceof Map)) return 'not-object'
  const members = line as Members
  const namedValue = (name: string) => [members.get(name), members.get(camel(name))].find(isGiven)
  const pick = (names: string): Value | undefined => names.split(' ').map(namedValue).find(isGiven)
  const time = pick(TIMES)
  const fileDay = file.day === undefined ? undefined : startOfDay(file.day, zone)
  const instant =
    time === undefined
      ? fileDay
      : typeof time === 'string'
        ? readTime(time, zone, logZone)
        : time instanceof Literal
          ? readTime(time.text, zone, logZone)
          : undefined
  if (time === undefined && fileDay === undefined) return 'no-timestamp'
  if (instant === undefined) return 'bad-timestamp'
  const texts = new Map<string, string>()
  for (const [field, names] of Object.entries(TEXTS)) {
    const value =
      field === 'error'
        ? names
            .split(' ')
            .map(namedValue)
            .find(one => isGiven(one) && one !== false)
        : pick(names)
    if (value === undefined) continue
    const word = wordOf(value) ?? (field === 'error' ? messageOf(value) : undefined)
    if (word === undefined) return 'bad-field'
    texts.set(field, word)
  }
  const usage = nestedUsage(members)
  const given = new Map<string, bigint>()
  for (const [field, names] of Object.entries(COUNTS)) {
    const value = pick(names) ?? usage.get(field)
    if (value === undefined) continue
    const count = field === 'checks' && isNested(value) ? whole(sizeOf(value)) : numberOf(value)
    if (count === undefined || rounded(count, 0).top * 10n ** BigInt(count.digits) !== count.top) return 'bad-field'
    if (count.top < 0n) return 'negative-number'
    given.set(field, rounded(count, 0).top)
  }
  const cost = pick(COSTS)
  const amount = cost === undefined ? undefined : numberOf(cost)
  if (cost !== undefined && amount === undefined) return 'bad-field'
  if (amount !== undefined && amount.top < 0n) return 'negative-number'
  const durationName = DURATIONS.split(' ').find(name => isGiven(namedValue(name)))
  const length = durationName === undefined ? undefined : numberOf(namedValue(durationName)!)
  if (durationName !== undefined && length === undefined) return 'bad-field'
  if (length !== undefined && length.top < 0n) return 'negative-number'
  const counts = resolve(given, isGiven(namedValue('prompt_tokens')) && !isGiven(namedValue('input_tokens')))
  if (counts === undefined) return 'bad-tokens'
  const carriesUsage = amount !== undefined || [...given.keys()].some(name => name !== 'reasoning_tokens')
  const isUsage = (texts.get('event') ?? 'analysis') === 'analysis' || carriesUsage
  const event = new Map([['event', 'analysis'], ...texts])
  event.delete('status')
  event.delete('id')
  return {
    line: members,
    file: file.name,
    at,
    instant,
    id: texts.get('id'),
    isError: isFailed(texts),
    texts: event,
    counts,
    unsplit: counts.has('input_tokens') || counts.has('output_tokens') ? 0n : (given.get('total_tokens') ?? 0n),
    cost: amount,
    duration:
      length === undefined
        ? undefined
        : rounded(SECONDS.includes(durationName!) ? times(length, whole(1000)) : length, 3),
    isUsage,
    carriesUsage,
    isSilent: false,
    pricedAt: pricedAt(time, file.day) ?? instant,
  }
}

function pricedAt(time: Value | undefined, fileDay: string | undefined): number | undefined {
  if (time === undefined) return Date.parse(`${fileDay}T00:00:00Z`)
  return typeof time === 'string' && /^\d{4}-\d\d-\d\d$/.test(time) ? Date.parse(`${time}T00:00:00Z`) : undefined
}

// A provider's own counts, by the fields that they are; the logs have these only where they have no others.
function nestedUsage(line: Members): ReadonlyMap<string, Value> {
  const at = (value: Value | undefined, ...path: string[]): Value | undefined =>
    path.reduce<Value | undefined>((one, key) => (one instanceof Map ? (one as Members).get(key) : undefined), value)
  const found = new Map<string, Value>()
  const take = (field: string, value: Value | undefined) => {
    if (isGiven(value)) found.set(field, value)
  }
  const gemini = line.get('usageMetadata')
  if (gemini !== undefined) {
    const [said, thought] = [at(gemini, 'candidatesTokenCount'), at(gemini, 'thoughtsTokenCount')] as Literal[]
    take('input_tokens', at(gemini, 'promptTokenCount'))
    take('cache_read_tokens', at(gemini, 'cachedContentTokenCount'))
    take('reasoning_tokens', thought)
    // Thoughts are beside what was said.
    found.set('output_tokens', new Literal(String(Number(said!.text) + Number(thought!.text))))
    return found
  }
  const usage = line.get('usage') ?? at(line.get('response'), 'usage') ?? at(line.get('message'), 'usage')
  for (const name of ['input', 'prompt']) {
    take('input_tokens', at(usage, `${name}_tokens`))
    take('cache_read_tokens', at(usage, `${name}_tokens_details`, 'cached_tokens'))
  }
  for (const name of ['output', 'completion']) take('output_tokens', at(usage, `${name}_tokens`))
  take('reasoning_tokens', at(usage, 'completion_tokens_details', 'reasoning_tokens'))
  for (const name of ['cache_read_input_tokens', 'cache_creation_input_tokens', 'total_tokens'])
    take(name, at(usage, name))
  return found
}

export function isGiven(value: Value | undefined): value is Value {
  return value !== undefined && value !== null && value !== ''
}

/** The text that a value of a text field stands for. */
export function wordOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof Literal) return value.text
  return typeof value === 'boolean' ? String(value) : undefined
}

function messageOf(value: Value): string {
  const message = value instanceof Map ? (value as Members).get('message') : undefined
  return typeof message === 'string' && message !== '' ? message : 'error'
}

function isNested(value: Value): boolean {
  return Array.isArray(value) || value instanceof Map
}

function sizeOf(value: Value): number {
  return Array.isArray(value) ? value.length : (value as Members).size
}

function numberOf(value: Value): Exact | undefined {
  if (value instanceof Literal) return readNumber(value.text)
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? readNumber(value) : undefined
}

/** Whether counts beside the input are inside it where the line says `prompt_tokens`. */
export const PROMPT_TOKENS_HOLD_CACHED = { value: true }

// Counts beside the input become a part of it; the parts may not be more than the whole.
function resolve(given: ReadonlyMap<string, bigint>, isPrompt: boolean): Map<string, bigint> | undefined {
  const counts = new Map(given)
  counts.delete('cache_read_input_tokens')
  counts.delete('cache_creation_input_tokens')
  for (const [inside, beside] of [
    ['cache_read_tokens', 'cache_read_input_tokens'],
    ['cache_write_tokens', 'cache_creation_input_tokens'],
  ] as const) {
    const count = given.get(beside)
    if (count === undefined) continue
    const isAdded = !given.has(inside) && !(isPrompt && PROMPT_TOKENS_HOLD_CACHED.value)
    if (isAdded) counts.set('input_tokens', (counts.get('input_tokens') ?? 0n) + count)
    if (!given.has(inside)) counts.set(inside, count)
  }
  const of = (name: string) => counts.get(name) ?? 0n
  if (of('cache_read_tokens') + of('cache_write_tokens') > of('input_tokens')) return undefined
  // A count of one event is a whole number that JSON's readers hold.
  if (of('input_tokens') >= 2n ** 53n) return undefined
  if (of('reasoning_tokens') > of('output_tokens')) return undefined
  if (counts.has('input_tokens') || counts.has('output_tokens'))
    counts.set('total_tokens', of('input_tokens') + of('output_tokens'))
  return counts
}

const OK = 'ok success succeeded successful completed complete true'.split(' ')
const FAILED = 'error errored fail failed failure false timeout aborted exception'.split(' ')

function isFailed(texts: ReadonlyMap<string, string>): boolean {
  const status = texts.get('status')?.toLowerCase()
  if (status !== undefined) {
    if (OK.includes(status)) return false
    return FAILED.includes(status) || (/^\d{3}$/.test(status) && Number(status) >= 400)
  }
  const code = texts.get('status_code')
  return texts.has('error') || (code !== undefined && /^\d+(\.\d+)?$/.test(code) && Number(code) >= 400)
}

/** The sum of a count over events. */
export function sumOf(events: readonly OracleEvent[], name: string): bigint {
  return events.reduce((sum, event) => sum + (event.counts.get(name) ?? 0n), 0n)
}

export function sumOfCosts(costs: readonly Exact[]): Exact {
  return costs.reduce(plus, whole(0))
}
