// Which days a log is of, by its name: one, all from one to another, or no day that could be told.
import { describe, expect, test } from 'vitest'
import { formatDay } from '../../src/base/calendar.ts'
import type { Instant } from '../../src/base/zone.ts'
import { daysOfFiles, gapsBetween } from '../../src/log/days-of-files.ts'
import { chooseFiles } from '../../src/log/find-logs.ts'
import { type DaySpan, describeLogFile } from '../../src/log/log-file.ts'

const fileOf = (name: string) => describeLogFile(`/2025-12-31/${name}`, name, null)
const datesOf = (span: DaySpan | null | undefined) => span && [formatDay(span.first), formatDay(span.last)]

describe('a file is of', () => {
  test.each([
    ['2026-03-05.jsonl', '2026-03-05'],
    ['app.2026-01-05.jsonl', '2026-01-05'],
    ['2026-01-05.api-1.jsonl', '2026-01-05'],
    ['2026-01-05.jsonl.gz', '2026-01-05'],
    // What is no date does not count.
    ['2026-02-30.2026-03-05.jsonl', '2026-03-05'],
    ['2026-03-05.120260-03-06.jsonl', '2026-03-05'],
  ])('its day: %s', (name, date) => {
    const { days, day } = fileOf(name)
    expect(datesOf(days)).toEqual([date, date])
    expect(day).toBe(days!.first)
  })

  test.each([
    '2026-03-01_2026-03-07.jsonl',
    'usage-2026-03-01-to-2026-03-07.jsonl.gz',
    '2026-03-01--2026-03-07.jsonl',
    '2026-03-01-2026-03-07.jsonl',
    '2026-03-07_2026-03-01.jsonl',
    'week.2026-03-01.2026-03-07.api-1.ndjson',
  ])('both days and those between: %s', name => {
    const { days, day } = fileOf(name)
    expect(datesOf(days)).toEqual(['2026-03-01', '2026-03-07'])
    expect(day).toBeNull()
  })

  test('its day, where both dates are the same', () => {
    expect(fileOf('2026-03-05_2026-03-05.jsonl').day).toBe(fileOf('2026-03-05.jsonl').day)
  })

  test('no day that its name tells', () => {
    expect(fileOf('app.jsonl')).toMatchObject({ days: null, day: null })
  })
})

test.each([
  ['2026-02-27', '2026-02-28', false],
  // A day of slack on either side.
  ['2026-02-28', '2026-03-01', true],
  ['2026-03-04', '2026-03-05', true],
  ['2026-03-08', '2026-03-09', true],
  ['2026-03-09', '2026-03-10', false],
])('a file of a week is chosen where the range touches it: from %s to %s', (from, to, isChosen) => {
  const range = { from: Date.parse(from) as Instant, to: Date.parse(to) as Instant }
  const file = fileOf('2026-03-01_2026-03-07.jsonl')
  expect(chooseFiles([file], range)).toEqual(isChosen ? [file] : [])
})

describe('the days of several files', () => {
  test.each([
    [['2026-03-01_2026-03-07.jsonl', '2026-03-08.jsonl'], []],
    [
      ['2026-03-12.jsonl', '2026-03-01_2026-03-07.jsonl', '2026-03-09.jsonl'],
      ['2026-03-08', '2026-03-10/2026-03-11'],
    ],
    // A day within a week that ends later.
    [['2026-03-01_2026-03-07.jsonl', '2026-03-02.jsonl', '2026-03-09.jsonl'], ['2026-03-08']],
    [['2026-03-01.jsonl', 'app.jsonl', '2026-03-01.api.jsonl', '2026-03-03.jsonl'], ['2026-03-02']],
    [[], []],
    [['app.jsonl'], []],
  ])('%j lack %j', (names, gaps) => {
    const found = gapsBetween(names.map(fileOf)).map(gap => [...new Set(datesOf(gap))].join('/'))
    expect(found).toEqual(gaps)
  })

  test('go from the first to the last', () => {
    const files = ['2026-03-05.jsonl', '2026-03-01_2026-03-31.jsonl', 'app.jsonl'].map(fileOf)
    expect(datesOf(daysOfFiles(files))).toEqual(['2026-03-01', '2026-03-31'])
    expect(daysOfFiles([fileOf('app.jsonl')])).toBeUndefined()
  })
})
