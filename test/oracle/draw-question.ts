// Random questions, each from one seed: ranges, zones, filters, conditions, groups and orders of all sorts.
import type { Random } from '../scan/random.ts'
import type { ReportQuestion } from './answer.ts'
import { randomRange } from './draw-range.ts'
import { type Logs, NAMES, randomZone, VALUES } from './generate.ts'
import type { Range, Where } from './question.ts'

/** Names to ask by: fields, their other names, and what no list knows. */
const ASKED = [
  ...NAMES.map(([name]) => name),
  ...'llm_provider dateTime numChecks eventType inputTokens durationMs clientId totalTokens httpStatus nested.place nested.list nested.list.1 nothing'.split(
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

// What is set against the time before ends now where it has no other end.
function untilNow({ from, to }: Range, now: number): Range {
  return { from, to: to === null && from !== null && from <= now ? now : to }
}

/** Lines that were pruned are still read in the zone of then. */
export function randomQuestion(random: Random, { first, now }: Logs, prunedIn?: string): Words<ReportQuestion> {
  const zone = prunedIn !== undefined && random.chance(0.5) ? prunedIn : randomZone(random)
  const logZone = prunedIn ?? (random.chance(0.7) ? zone : randomZone(random))
  const range = randomRange(random, zone, first, now)
  const filters = randomFilters(random)
  const wheres = Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, () => randomWhere(random))
  const dedupe = random.pick(['file', 'file', 'off', 'all'] as const)
  const joinsVersions = random.chance(0.15)
  const cost = random.pick(['auto', 'auto', 'logged', 'estimated', 'none'] as const)
  const compared = random.chance(0.3) ? range.comparable(random) : null
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
      compared: compared?.range ?? null,
      rangeWhenCompared: compared?.word === 'previous' ? untilNow(range.range, now) : range.range,
      first,
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
      ...(compared === null ? [] : ['--compare', compared.word]),
    ],
  }
}

const FILTERS: readonly (readonly [string, string])[] = [
  ['client', 'client'],
  ['user', 'user'],
  ['profile', 'profile'],
  ['model', 'model'],
  ['feature', 'feature'],
  ['event', 'event'],
  ['provider', 'endpoint'],
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
