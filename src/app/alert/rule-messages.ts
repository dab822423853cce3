// What is said of a rule that fires, still fires, or has ended.
import type { Rule } from '../../alert/alert-rules.ts'
import type { GroupField } from '../../alert/alert-schema.ts'
import type { Labels } from '../../alert/group.ts'
import { windowAt } from '../../alert/signal.ts'
import { limitText, METRICS } from '../../alert/when.ts'
import type { Point, Window } from '../../alert/window.ts'
import { formatInstant, formatInstantUtc } from '../../base/calendar.ts'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalOfInteger,
  decimalToNumber,
  ZERO,
} from '../../base/decimal.ts'
import { formatLength } from '../../base/duration.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import type { Message, MessageKind } from '../../notify/message.ts'
import { formatCell } from '../../render/cell/format-cell.ts'
import { commandOf, viewOf } from './alert-view.ts'
import { dollars } from './words.ts'

/** What a message is about. */
export interface Told {
  readonly kind: MessageKind
  readonly rule: Rule
  readonly labels: Labels
  readonly episode: string
  readonly period: string
  readonly began: number
  /** When it fired, or ended. */
  readonly at: number
  readonly points: readonly Point[]
  readonly zone: Zone
}

const SUBJECTS: Readonly<Record<string, string>> = {
  error_rate: 'error rate',
  errors: 'errors',
  requests: 'requests',
  cost: 'cost',
  unpriced: 'events without a price',
  threats: 'threats of high or critical severity',
  p50: 'median duration',
  p95: 'p95 of durations',
  p99: 'p99 of durations',
  silent: 'no event',
}

/** What names an episode: when it fired. */
export function episodeName(firedAt: number): string {
  return formatInstantUtc(firedAt as Instant)
}

export function ruleMessage(told: Told): Message {
  const { kind, rule, labels, episode, period, began, at, points, zone } = told
  const { window, points: inside } = windowAt(points, rule.overMs, at)
  const value = valueText(rule, window, told)
  const limit = limitOf(rule)
  const stretch = `the ${lengthText(rule.overMs)} to ${timeText(at, zone)}`
  const isQuiet = rule.when.metric === 'silent' || rule.when.metric === 'down'
  const name = [rule.name, ...Object.entries(labels).map(([field, label]) => `${field} ${label}`)].join(', ')
  const what = isQuiet ? value : subjectText(rule, value)
  const title =
    kind === 'resolve'
      ? `${name}: over since ${timeText(at, zone)}`
      : `${name}: ${kind === 'remind' ? 'still ' : ''}${what}${isQuiet ? '' : ` (${limit}) in ${stretch}`}`
  return {
    kind,
    rule: rule.name,
    severity: rule.severity,
    labels,
    episode,
    period,
    title,
    value,
    limit,
    window: stretch,
    since: formatInstant(began as Instant, zone),
    causes: kind === 'resolve' ? [] : causesOf(rule, inside, labels),
    next: commandOf(viewOf(rule, labels, at)),
  }
}

/** One of several groups that are told at once. */
export interface Joined {
  readonly message: Message
  /** See Window. */
  readonly badness: number
}

/** Several groups of one rule that fire, or still do, told at once, with the worst three by name. */
export function joinedMessage(
  each: readonly Joined[],
  rule: Rule,
  kind: Exclude<MessageKind, 'resolve'>,
  episode: string,
): Message {
  const { message: first } = each[0]!
  const worst = each
    .toSorted((a, b) => b.badness - a.badness)
    .slice(0, 3)
    .map(({ message }) => message)
  const fields = rule.by.join(' and ')
  const what = `${kind === 'remind' ? 'still ' : ''}firing, such as ${Object.values(worst[0]!.labels).join(', ')}`
  return {
    ...first,
    kind,
    labels: {},
    episode,
    title: `${rule.name}: ${each.length} alerts by ${fields} ${what}`,
    value: `${each.length} alerts`,
    causes: worst.map(({ labels, value }) => ({ name: Object.values(labels).join(', '), value })),
    next: commandOf(viewOf(rule, {}, Date.parse(first.since))),
  }
}

// "5 errors", but "cost $5.20".
function subjectText({ when: { metric } }: Rule, value: string): string {
  const subject = SUBJECTS[metric]!
  return METRICS[metric].unit === 'count'
    ? `${value} ${value === '1' ? singular(subject) : subject}`
    : `${subject} ${value}`
}

function singular(plural: string): string {
  return plural.replace(/^(\w+)s\b/, '$1')
}

function limitOf({ when }: Rule): string {
  const { unit } = METRICS[when.metric]
  if (when.metric === 'down') return 'only errors, or silent'
  const words = { '>': 'above', '>=': 'at or above', '<': 'below', '<=': 'at or below' }[when.operator]
  return `${words} ${unit === 'duration' ? durationText(decimalToNumber(when.limit)) : limitText(when)}`
}

function valueText(rule: Rule, window: Window, { at, points }: Told): string {
  const { metric } = rule.when
  if (metric === 'error_rate') {
    if (window.requests === 0) return 'no requests'
    const tenths = Math.round((window.errors * 1000) / window.requests)
    return `${Math.floor(tenths / 10)}.${tenths % 10} % (${window.errors} of ${window.requests} requests)`
  }
  if (metric === 'down') {
    return window.requests === 0
      ? `no requests in the ${lengthText(rule.overMs)} before`
      : `all ${window.requests} requests failed`
  }
  if (metric === 'silent') {
    const last = points.findLast(point => point.at < at)?.at
    return last === undefined ? 'no events' : `no event for ${durationText(at - last)}`
  }
  if (metric === 'cost') return `${window.unpriced > 0 ? 'at least ' : ''}${dollars(window.cost)}`
  const value = window.valueOf(rule.when)
  if (value === undefined) return 'no data'
  const number = decimalToNumber(value)
  return METRICS[metric].unit === 'duration' ? durationText(number) : withThousands(String(number))
}

// The field whose values explain most is the first that the rule has no groups by.
const CAUSE_FIELDS: readonly GroupField[] = ['feature', 'model', 'client', 'user']

const COUNTED: Readonly<Record<string, string>> = { threats: 'threats', requests: 'requests', unpriced: 'events' }

function causesOf(rule: Rule, inside: readonly Point[], labels: Labels): Message['causes'] {
  const { metric } = rule.when
  const weightOf = (point: Point): Decimal => {
    if (metric === 'cost') return point.cost
    if (metric === 'unpriced' || metric === 'threats' || metric === 'requests') return decimalOfInteger(point[metric])
    return decimalOfInteger(METRICS[metric].unit === 'duration' ? point.requests : point.errors)
  }
  const field = CAUSE_FIELDS.find(
    name => !Object.hasOwn(labels, name) && inside.some(point => point.labels[name] !== null),
  )
  if (field === undefined || metric === 'silent') return []
  const sums = new Map<string, Decimal>()
  for (const point of inside) {
    const name = point.labels[field] ?? '(none)'
    sums.set(name, addDecimals(sums.get(name) ?? ZERO, weightOf(point)))
  }
  const unit = METRICS[metric].unit === 'duration' ? 'requests' : (COUNTED[metric] ?? 'errors')
  return [...sums]
    .filter(([, sum]) => sum.units > 0n)
    .sort(([a, x], [b, y]) => compareDecimals(y, x) || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([name, sum]) => ({
      name: `${field} ${name}`,
      value: metric === 'cost' ? dollars(sum) : `${sum.units} ${sum.units === 1n ? singular(unit) : unit}`,
    }))
}

/** "hour", "10 minutes" */
function lengthText(ms: number): string {
  const text = formatLength(ms)
  const count = Number.parseInt(text, 10)
  const unit = { s: 'second', m: 'minute', h: 'hour', d: 'day' }[text.slice(-1)] ?? ''
  return count === 1 ? unit : `${count} ${unit}s`
}

function durationText(ms: number): string {
  return formatCell(ms, 'duration', { currency: 'USD', moneyDigits: 2 })
}

function timeText(at: number, zone: Zone): string {
  return formatInstant(at as Instant, zone)
    .slice(0, 16)
    .replace('T', ' ')
}
