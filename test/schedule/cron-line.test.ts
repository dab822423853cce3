// When jobs are due, where clocks change.
import { expect, test } from 'vitest'
import type { Instant } from '../../src/base/zone.ts'
import { type CronLine, parseCronLine } from '../../src/schedule/cron-line.ts'

function times(text: string, zone: string, after: string, count: number): string[] {
  const line = parseCronLine(text, zone) as CronLine
  const found: string[] = []
  for (let at = Date.parse(after) as Instant; found.length < count; ) {
    at = line.nextAfter(at)!
    found.push(new Date(at).toISOString().slice(0, 16))
  }
  return found
}

test('a time that New York skips is due just after the gap', () => {
  expect(times('30 2 * * *', 'America/New_York', '2026-03-07T00:00Z', 3)).toEqual([
    '2026-03-07T07:30',
    '2026-03-08T07:00',
    '2026-03-09T06:30',
  ])
})

test('a time that comes twice in New York is due once', () => {
  expect(times('0,30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', 3)).toEqual([
    '2026-11-01T05:00',
    '2026-11-01T05:30',
    '2026-11-02T06:00',
  ])
})

test('an hourly job goes on by the hour where the clocks go back', () => {
  expect(times('5 * * * *', 'America/New_York', '2026-11-01T04:30Z', 3)).toEqual([
    '2026-11-01T05:05',
    '2026-11-01T06:05',
    '2026-11-01T07:05',
  ])
})

test('the half hour of Lord Howe is skipped once and comes twice once', () => {
  expect(times('15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T12:00Z', 3)).toEqual([
    '2026-10-02T15:45',
    '2026-10-03T15:30',
    '2026-10-04T15:15',
  ])
  expect(times('45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T12:00Z', 3)).toEqual([
    '2026-04-03T14:45',
    '2026-04-04T14:45',
    '2026-04-05T15:15',
  ])
})

test('Kathmandu is three quarters of an hour off', () => {
  expect(times('0 9 * * MON', 'Asia/Kathmandu', '2026-10-03T00:00Z', 2)).toEqual([
    '2026-10-05T03:15',
    '2026-10-12T03:15',
  ])
})

test('a short name is a line', () => {
  expect(times('@daily', 'Asia/Kathmandu', '2026-10-03T00:00Z', 1)).toEqual(['2026-10-03T18:15'])
})

test.each([
  ['often', 'a cron line has five fields, and this one has 1'],
  ['0 9 * * 1 2026', 'this one has 6'],
  ['61 * * * *', 'invalid value for minute: 61'],
  ['? * * * *', '"?" is not understood'],
  ['@reboot', 'use one of @hourly'],
  ['0 0 30 2 *', 'there is no such day'],
])('%s is no cron line', (text, problem) => {
  expect(parseCronLine(text, 'UTC')).toContain(problem)
})
