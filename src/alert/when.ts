// The condition of a rule, as text and as a value: `error_rate > 10%`, `cost > 5`, `p95 > 30s`, `down`.
import { compareDecimals, type Decimal, formatDecimal, multiplyDecimals, parseDecimal, ZERO } from '../base/decimal.ts'
import { nearestNames } from '../base/nearest.ts'

type Unit = 'percent' | 'count' | 'dollars' | 'duration' | 'none'

/** What rules can be about, and the unit that it is compared in. */
export const METRICS = {
  error_rate: { unit: 'percent', means: 'requests that failed, of all requests' },
  errors: { unit: 'count', means: 'requests that failed' },
  requests: { unit: 'count', means: 'requests' },
  cost: { unit: 'dollars', means: 'what usage cost' },
  unpriced: { unit: 'count', means: 'usage events without a known price' },
  threats: { unit: 'count', means: 'threats of high or critical severity' },
  p50: { unit: 'duration', means: 'the duration that half of all requests stay within' },
  p95: { unit: 'duration', means: 'the duration that 95 % of all requests stay within' },
  p99: { unit: 'duration', means: 'the duration that 99 % of all requests stay within' },
  silent: { unit: 'duration', means: 'time since the last event of any kind' },
  down: { unit: 'none', means: 'used before, and now only errors, or silent at an hour at which it never is' },
  unusual_cost: { unit: 'none', means: "a day's cost out of the ordinary" },
} as const satisfies Readonly<Record<string, { readonly unit: Unit; readonly means: string }>>

export type Metric = keyof typeof METRICS
export type Operator = '>' | '>=' | '<' | '<='

export interface When {
  readonly metric: Metric
  readonly operator: Operator
  /** Of a rate in percent, of a duration in milliseconds. */
  readonly limit: Decimal
  /** As it was written. */
  readonly text: string
}

const FORM = /^([a-z][a-z0-9_]*)(?:\s*(>=|<=|>|<)\s*(\$?)(\d{1,15}(?:\.\d{1,12})?)\s*(%|ms|s|m|h|d)?)?$/
const UNIT_MS: Readonly<Record<string, string>> = { ms: '1', s: '1000', m: '60000', h: '3600000', d: '86400000' }
const HUNDRED = parseDecimal('100')!

const WRITTEN: Readonly<Record<Unit, string>> = {
  percent: 'a percentage, such as 10%',
  count: 'a number',
  dollars: 'an amount in dollars, such as 5 or $5',
  duration: 'a length of time, such as 30s',
  none: '',
}

/** The condition that a text writes, or what is wrong with it. */
export function parseWhen(text: string): When | string {
  const match = FORM.exec(text.trim())
  if (match === null) return `cannot be read; write a metric and a limit, such as "error_rate > 10%"`
  const [, name = '', operator, dollar = '', number, unit = ''] = match
  if (!Object.hasOwn(METRICS, name)) {
    const names = Object.keys(METRICS)
    return `there is no metric ${name}; use ${nearestNames(name, names, 1)[0] ?? `one of ${names.join(', ')}`}`
  }
  const metric = name as Metric
  const wanted: Unit = METRICS[metric].unit
  if (wanted === 'none') {
    if (operator !== undefined) return `${metric} is compared with nothing; write "${metric}" alone`
    return { metric, operator: '>', limit: ZERO, text: text.trim() }
  }
  if (operator === undefined || number === undefined) return `${metric} needs a limit: ${WRITTEN[wanted]}`
  const isWritten =
    wanted === 'percent'
      ? unit === '%' && dollar === ''
      : wanted === 'duration'
        ? unit !== '%' && unit !== '' && dollar === ''
        : unit === '' && (dollar === '' || wanted === 'dollars')
  if (!isWritten) return `${metric} is compared with ${WRITTEN[wanted]}`
  if (wanted === 'count' && number.includes('.')) return `${metric} is compared with a whole number`
  const given = parseDecimal(number)!
  const limit = wanted === 'duration' ? multiplyDecimals(given, parseDecimal(UNIT_MS[unit]!)!) : given
  const when = { metric, operator: operator as Operator, limit, text: text.trim() }
  return impossible(when, wanted) ?? when
}

// A rule that never or always fires is a slip.
function impossible({ metric, operator, limit }: When, unit: Unit): string | undefined {
  const isZero = limit.units === 0n
  if (metric === 'silent' && operator.startsWith('<')) return 'silent only grows; write silent > and a length of time'
  if (operator === '<' && isZero) return 'can never be true: nothing is below 0'
  if (operator === '>=' && isZero) return 'is always true: everything is 0 or more'
  if (unit !== 'percent') return undefined
  const order = compareDecimals(limit, HUNDRED)
  if (order > 0 || (order === 0 && operator === '>')) {
    return operator.startsWith('>')
      ? 'can never be true: no rate is above 100%'
      : 'is always true: no rate is above 100%'
  }
  return order === 0 && operator === '<=' ? 'is always true: no rate is above 100%' : undefined
}

/** Whether a value stands to the limit as the operator says. */
export function fits(value: Decimal, { operator, limit }: Pick<When, 'operator' | 'limit'>): boolean {
  const order = compareDecimals(value, limit)
  if (operator === '>') return order > 0
  if (operator === '>=') return order >= 0
  return operator === '<' ? order < 0 : order <= 0
}

/** The limit as people read it: `10 %`, `$5`, `30 s`. */
export function limitText({ metric, limit }: When): string {
  const { unit } = METRICS[metric]
  if (unit === 'percent') return `${formatDecimal(limit)} %`
  if (unit === 'dollars') return `$${formatDecimal(limit)}`
  return formatDecimal(limit)
}
