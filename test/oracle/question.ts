// A question to logs as plain data, and which events answer it: the oracle's own reading of flags.
import { dayAt, startOfDay, stretchAt } from './clock.ts'
import { fieldOf, type LogFile, type OracleEvent, readEvent, wordOf } from './events.ts'
import { type Members, type Value, writeJson } from './json.ts'
import { against, divided, type Exact, readNumber, rounded, whole, write } from './numbers.ts'

export interface Where {
  readonly name: string
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~'
  readonly values: readonly string[]
}

export interface Range {
  readonly from: number | null
  readonly to: number | null
}

export interface Question {
  readonly zone: string
  readonly logZone: string
  readonly range: Range
  readonly dedupe: 'off' | 'file' | 'all'
  /** By the name of the flag. */
  readonly filters: Readonly<Record<string, readonly string[]>>
  readonly wheres: readonly Where[]
  /** Whether all versions of a profile are one in groups. */
  readonly joinsVersions?: boolean
}

export interface Ledger {
  read: number
  used: number
  filtered: number
  other: number
  duplicate: number
  /** Duplicates with other tokens or another cost than the line that counts. */
  differing: number
  rejected: number
  readonly rejectedBy: Record<string, number>
}

export interface Found {
  readonly events: readonly OracleEvent[]
  readonly ledger: Ledger
}

const UNITS = ['hour', 'day', 'week', 'month']
const DAY = 86_400_000

/** Which kinds a report counts. */
export type Kinds = 'usage' | 'all' | 'requests' | 'usage and requests' | readonly string[]

/** The events that count; `kinds` are usage events, or all. */
export function find(files: readonly LogFile[], question: Question, kinds: Kinds): Found {
  const events: OracleEvent[] = []
  const ledger: Ledger = {
    read: 0,
    used: 0,
    filtered: 0,
    other: 0,
    duplicate: 0,
    differing: 0,
    rejected: 0,
    rejectedBy: {},
  }
  const countsUsage = kinds === 'usage' || kinds === 'usage and requests'
  const takesAll = kinds === 'all' || (countsUsage && asksForKinds(question))
  const named = typeof kinds === 'string' ? (kinds === 'usage' ? [] : ['request']) : kinds
  const isCounted = ({ isUsage, texts }: OracleEvent) => (countsUsage && isUsage) || named.includes(texts.get('event')!)
  const seen = new Map<string, string>()
  for (const file of files.filter(one => isNear(one, question.range))) {
    if (question.dedupe === 'file') seen.clear()
    for (const [at, text] of file.lines.entries()) {
      const event = readOnce(text, file, at, question)
      if (event === undefined) continue
      ledger.read++
      if (typeof event === 'string') {
        ledger.rejected++
        ledger.rejectedBy[event] = (ledger.rejectedBy[event] ?? 0) + 1
        continue
      }
      const { id } = event
      const first = question.dedupe === 'off' || id === undefined ? undefined : seen.get(id)
      if (id !== undefined && first === undefined) seen.set(id, moneyOf(event))
      if (first !== undefined) {
        ledger.duplicate++
        if (first !== moneyOf(event)) ledger.differing++
      } else if (!takesAll && !isCounted(event)) ledger.other++
      else if (!isWithin(event, question.range) || !passes(event, question)) ledger.filtered++
      else {
        ledger.used++
        events.push(event)
      }
    }
  }
  const told = new Set(events.filter(event => event.carriesUsage).map(event => event.texts.get('model')))
  const unread = question.dedupe === 'all' || asksForKinds(question) ? new Set<string>() : unreadFiles(events)
  const isSilent = (event: OracleEvent) => !told.has(event.texts.get('model')) || unread.has(event.file)
  return { events: events.map(event => ({ ...event, isSilent: isSilent(event) })), ledger }
}

// Logs without any usage of which not all analyses have failed.
function unreadFiles(events: readonly OracleEvent[]): ReadonlySet<string> {
  const understood = new Set(events.filter(event => event.carriesUsage).map(event => event.file))
  const analyses = events.filter(({ texts, isError }) => texts.get('event') === 'analysis' && !isError)
  return new Set(analyses.map(event => event.file).filter(file => !understood.has(file)))
}

const TOKENS = ['input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens']

// What a line says of tokens and cost.
function moneyOf({ counts, unsplit, cost }: OracleEvent): string {
  const tokens = TOKENS.map(name => counts.get(name) ?? 0n)
  return [...tokens, unsplit, cost === undefined ? 'none' : write(cost)].join()
}

const READ = new WeakMap<LogFile, Map<string, ReturnType<typeof readEvent>>>()

// The same lines are asked about often.
function readOnce(text: string, file: LogFile, at: number, { zone, logZone }: Question): ReturnType<typeof readEvent> {
  const known = READ.get(file) ?? new Map<string, ReturnType<typeof readEvent>>()
  READ.set(file, known)
  const key = `${at} ${zone} ${logZone}`
  if (!known.has(key)) known.set(key, readEvent(text, file, at, { zone, logZone }))
  return known.get(key)
}

function asksForKinds({ filters, wheres }: Question): boolean {
  return 'event' in filters || wheres.some(({ name }) => fieldOf(name)?.field === 'event')
}

// Files are chosen by the day in their name, in UTC, with a day on either side.
function isNear({ day, lastDay = day }: LogFile, { from, to }: Range): boolean {
  if (day === undefined) return true
  const [start, last] = [day, lastDay].map(each => Date.parse(`${each}T00:00:00Z`)) as [number, number]
  return (to === null || start - DAY < to) && (from === null || last + 2 * DAY > from)
}

function isWithin({ instant }: OracleEvent, { from, to }: Range): boolean {
  return (from === null || instant >= from) && (to === null || instant < to)
}

export function passes(event: OracleEvent, { filters, wheres }: Pick<Question, 'filters' | 'wheres'>): boolean {
  return (
    Object.entries(filters).every(([flag, values]) => passesFilter(event, flag, values)) &&
    wheres.every(where => holds(event, where))
  )
}

function passesFilter(event: OracleEvent, flag: string, values: readonly string[]): boolean {
  const text = textOf(event, flag) ?? '(none)'
  const fits = (pattern: string) => fitsPattern(text, pattern, flag === 'profile')
  const wanted = values.filter(value => !value.startsWith('!'))
  const refused = values.filter(value => value.startsWith('!')).map(value => value.slice(1))
  return (wanted.length === 0 || wanted.some(fits)) && !refused.some(fits)
}

function fitsPattern(text: string, pattern: string, hasVersions = false): boolean {
  const parts = pattern.split('*').map(escapeAll)
  return new RegExp(`^${parts.join('[^]*')}${hasVersions ? '(_v[0-9]+)?' : ''}$`, 'u').test(text)
}

function escapeAll(text: string): string {
  return [...text].map(sign => `\\u{${sign.codePointAt(0)!.toString(16)}}`).join('')
}

/** What a name means in an event: a number, or a text that is a name, or whatever else the line says. */
type Meaning =
  | { readonly kind: 'number'; readonly value: Exact | undefined; readonly digits: number | undefined }
  | { readonly kind: 'name' | 'other'; readonly value: string | undefined }

export function meaningOf(event: OracleEvent, name: string): Meaning {
  const known = fieldOf(name)
  if (known === undefined) return { kind: 'other', value: otherText(event.line, name) }
  const { field, isSeconds } = known
  if (field === 'duration_ms') {
    const { duration } = event
    const value = duration === undefined || !isSeconds ? duration : divided(duration, whole(1000), 6)
    return { kind: 'number', value, digits: isSeconds ? 6 : 3 }
  }
  if (field === 'cost_usd') return { kind: 'number', value: event.cost, digits: undefined }
  if (field === 'checks' || field.endsWith('_tokens')) {
    const count = event.counts.get(field)
    return { kind: 'number', value: count === undefined ? undefined : whole(count), digits: undefined }
  }
  return { kind: 'name', value: textOf(event, field) }
}

function textOf(event: OracleEvent, field: string): string | undefined {
  return field === 'status' ? (event.isError ? 'error' : 'ok') : event.texts.get(field)
}

function otherText(line: Members, path: string): string | undefined {
  let value: Value | undefined = line
  for (const key of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(key)]
    else value = value instanceof Map ? (value as Members).get(key) : undefined
  }
  if (value === undefined || value === null || value === '') return undefined
  return wordOf(value) ?? writeJson(value)
}

/** What a group of an event is called; null for no value. */
export function groupOf(
  event: OracleEvent,
  name: string,
  { zone, joinsVersions }: Pick<Question, 'zone' | 'joinsVersions'>,
): string | null {
  if (UNITS.includes(name)) return stretchAt(name, event.instant, zone)
  const meaning = meaningOf(event, name)
  if (meaning.kind === 'number') return meaning.value === undefined ? null : write(meaning.value)
  const value = meaning.value ?? null
  return joinsVersions === true && fieldOf(name)?.field === 'profile' ? (value?.replace(/_v\d+$/, '') ?? null) : value
}

export function isUnit(name: string): boolean {
  return UNITS.includes(name)
}

export function isNumber(name: string): boolean {
  const field = fieldOf(name)?.field
  return field === 'checks' || field === 'cost_usd' || field === 'duration_ms' || field?.endsWith('_tokens') === true
}

function holds(event: OracleEvent, { name, operator, values }: Where): boolean {
  const meaning = meaningOf(event, name)
  const words = fieldOf(name)?.field === 'status' ? values.map(statusWord) : values
  if (operator === '=' || operator === '!=') {
    const list = words.filter(value => value !== '')
    return (list.length === 0 ? ['(none)'] : list).some(value => isSame(meaning, value)) === (operator === '=')
  }
  if (operator === '~' || operator === '!~') {
    const text = shown(meaning) ?? '(none)'
    const list = words.filter(value => value !== '').map(value => asShown(meaning, value))
    return (list.length === 0 ? ['(none)'] : list).some(value => fitsPattern(text, value)) === (operator === '~')
  }
  const order = orderOf(meaning, words[0]!)
  if (order === undefined) return false
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

function statusWord(value: string): string {
  const word = value.toLowerCase()
  return word === 'true' ? 'ok' : word === 'false' ? 'error' : value
}

function shown(meaning: Meaning): string | undefined {
  if (meaning.kind !== 'number') return meaning.value
  return meaning.value === undefined ? undefined : write(meaning.value)
}

function asShown(meaning: Meaning, value: string): string {
  const number = meaning.kind === 'number' ? readNumber(value) : undefined
  return number === undefined ? value : write(kept(meaning, number))
}

function kept(meaning: Meaning, number: Exact): Exact {
  return meaning.kind === 'number' && meaning.digits !== undefined ? rounded(number, meaning.digits) : number
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

function isSame(meaning: Meaning, wanted: string): boolean {
  const text = shown(meaning) ?? '(none)'
  if (text === wanted) return true
  if (meaning.value === undefined || meaning.kind === 'name') return false
  const number = meaning.kind === 'number' || NUMBER.test(wanted) ? readNumber(wanted) : undefined
  if (number === undefined) return false
  if (meaning.kind === 'number') return against(meaning.value as Exact, kept(meaning, number)) === 0
  return NUMBER.test(text) && against(readNumber(text)!, number) === 0
}

function orderOf(meaning: Meaning, wanted: string): number | undefined {
  const text = shown(meaning)
  if (text === undefined) return undefined
  const number = readNumber(wanted)
  if (number === undefined) return text < wanted ? -1 : text > wanted ? 1 : 0
  const given = readNumber(text)
  return given === undefined ? undefined : against(given, kept(meaning, number))
}

/** The stretches of a unit from the start of the range, or the first event, to the last event. */
export function stretches(
  unit: string,
  events: readonly OracleEvent[],
  { range, zone }: Pick<Question, 'range' | 'zone'>,
): string[] {
  if (events.length === 0) return []
  const instants = events.map(({ instant }) => instant)
  const last = Math.max(...instants)
  // Where the range is open, its first day is whole.
  const from = range.from ?? startOfDay(dayAt(Math.min(...instants), zone), zone)
  const found = new Set<string>()
  for (let at = from; at < last; at += 900_000) found.add(stretchAt(unit, at, zone))
  return [...found.add(stretchAt(unit, last, zone))]
}
