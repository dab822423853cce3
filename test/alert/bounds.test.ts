// One event on either side of each bound.
import { describe, expect, test } from 'vitest'
import { parseWhen } from '../../src/alert/when.ts'
import { type Made, MONDAY, plan, point, transitionsOf } from './points.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The rule of a name, of those that are built in. */
function builtIn(name: string) {
  return plan({}).rules.find(rule => rule.name === name)!
}

function requests(count: number, failing: number, from = 0): Made[] {
  return Array.from({ length: count }, (_, index) => ({ at: from + index * SECOND, isError: index < failing }))
}

function firings(name: string, made: readonly Made[], until = 2 * DAY): string[] {
  return transitionsOf(builtIn(name), made.map(point), [MONDAY + until]).filter(text => text.endsWith('firing'))
}

describe('more than 10 % of requests fail in an hour', () => {
  test('fires at 11 of 101 and not at 10 of 100, also as successes grow old', () => {
    const of = (failing: number) => [...requests(90, 0), ...requests(failing, failing, 90 * SECOND)]
    expect(firings('error-rate', of(10))).toEqual([])
    expect(firings('error-rate', of(11))).toEqual(['100 firing'])
  })

  test('looks at no fewer than ten requests', () => {
    expect(firings('error-rate', requests(9, 9))).toEqual([])
    expect(firings('error-rate', requests(10, 10))).toEqual(['9 firing'])
  })

  test('forgets what is an hour old', () => {
    const apart = (ms: number) => [...requests(5, 5), ...requests(5, 5, ms)]
    expect(firings('error-rate', apart(HOUR - 5 * SECOND))).toEqual(['3599 firing'])
    expect(firings('error-rate', apart(HOUR))).toEqual([])
  })
})

describe('a user with five errors in ten minutes', () => {
  const errors = (count: number, lastAt: number, user = 'anna'): Made[] => [
    ...Array.from({ length: count - 1 }, (_, index) => ({ at: 30 * SECOND + index, user, isError: true })),
    { at: lastAt, user, isError: true },
  ]

  test('fires at the fifth within ten minutes of the first', () => {
    expect(firings('user-errors', errors(5, 10 * MINUTE + 30 * SECOND - 1))).toEqual(['629.999 anna firing'])
    expect(firings('user-errors', errors(5, 10 * MINUTE + 30 * SECOND))).toEqual([])
    expect(firings('user-errors', errors(4, MINUTE))).toEqual([])
  })

  test('counts each user alone', () => {
    expect(firings('user-errors', [...errors(3, MINUTE, 'anna'), ...errors(3, 2 * MINUTE, 'ben')])).toEqual([])
  })
})

describe('logs that stopped', () => {
  test('fires when the last event is more than a day old', () => {
    const day = (next: number) => [{ at: 0 }, { at: next }]
    expect(firings('logs-stopped', day(DAY), DAY + HOUR)).toEqual([])
    expect(firings('logs-stopped', day(DAY + 1), DAY + HOUR)).toEqual([])
    expect(firings('logs-stopped', day(DAY + 2), DAY + HOUR)).toEqual(['86400.001 firing'])
  })
})

describe('a feature that is down', () => {
  const used = { at: 0, feature: 'chat' }
  const failing = (count: number): Made[] =>
    Array.from({ length: count }, (_, index) => ({ at: DAY + index, isError: true }))

  test('was used before, and has three requests of which all failed', () => {
    expect(firings('feature-down', [used, ...failing(3)])).toEqual(['86400.002 chat firing'])
    expect(firings('feature-down', [used, ...failing(2)])).toEqual([])
    expect(firings('feature-down', failing(3))).toEqual([])
    expect(firings('feature-down', [used, { at: DAY - 1 }, ...failing(3)])).toEqual([])
  })

  test('is up again with the first request that succeeds', () => {
    const points = [used, ...failing(3), { at: 2 * DAY }].map(point)
    expect(transitionsOf(builtIn('feature-down'), points, [MONDAY + 3 * DAY]).slice(-2)).toEqual([
      '172800 chat recovering',
      '172800 chat ok',
    ])
  })

  test('is silent at an hour at which it was used in each of the four weeks before, while others are used', () => {
    const week = 7 * DAY
    const weeks = (hours: readonly number[]): Made[] => [
      ...hours.map(number => ({ at: number * week + 9 * HOUR, feature: 'chat' })),
      { at: 4 * week, feature: 'search' },
      { at: 4 * week + 10 * HOUR, feature: 'search' },
    ]
    const until = 4 * week + DAY
    const end = (4 * week + 10 * HOUR) / SECOND
    expect(firings('feature-down', weeks([0, 1, 2, 3]), until)).toEqual([`${end} chat firing`])
    expect(firings('feature-down', weeks([0, 1, 3]), until)).toEqual([])
  })
})

describe('a condition', () => {
  test.each([
    ['error_rate > 100%', 'can never be true: no rate is above 100%'],
    ['error_rate <= 100%', 'is always true: no rate is above 100%'],
    ['error_rate > 10', 'error_rate is compared with a percentage, such as 10%'],
    ['errors >= 0', 'is always true: everything is 0 or more'],
    ['errors < 0', 'can never be true: nothing is below 0'],
    ['errors > 1.5', 'errors is compared with a whole number'],
    ['errors > 5%', 'errors is compared with a number'],
    ['cost > 5s', 'cost is compared with an amount in dollars, such as 5 or $5'],
    ['p95 > $5', 'p95 is compared with a length of time, such as 30s'],
    ['p95', 'p95 needs a limit: a length of time, such as 30s'],
    ['down > 5', 'down is compared with nothing; write "down" alone'],
    ['silent < 1h', 'silent only grows; write silent > and a length of time'],
    ['eror_rate > 5%', 'there is no metric eror_rate; use error_rate'],
    ['errors = 5', 'cannot be read; write a metric and a limit, such as "error_rate > 10%"'],
  ])('%s: %s', (text, problem) => {
    expect(parseWhen(text)).toBe(problem)
  })

  test.each([
    'error_rate > 10%',
    'errors>=5',
    ' cost > $5.25 ',
    'p99 >= 1.5m',
    'unpriced > 0',
    'error_rate <= 0%',
    'down',
  ])('%s can be', text => {
    expect(parseWhen(text)).toMatchObject({ text: text.trim() })
  })
})
