// Where a line is too much: both readers draw the line at the same place.
import { describe, expect, test } from 'vitest'
import { openKernelModule } from '../../src/kernel/exports.ts'
import { answer, FORMATS, QUERIES } from './equality.ts'

const MODULE = openKernelModule()

function ask(query: string, line: string, module?: WebAssembly.Module) {
  return answer(Buffer.from(line), QUERIES[query]!, FORMATS.native!, module, 1024 * 1024, null)
}

function nested(levels: number): string {
  return `{"ts":"2026-02-02T09:15:00Z","client":"diageo","x_region":${'[{"a":'.repeat((levels - 1) / 2)}1${'}]'.repeat((levels - 1) / 2)}}\n`
}

function cost(text: string): string {
  return `{"ts":"2026-02-02T09:15:00Z","client":"diageo","cost_usd":${text}}\n`
}

describe.each(Object.keys(QUERIES))('the query "%s"', query => {
  test.each([201, 511, 513, 515, 999, 1001, 3001, 200_001])('has one answer for %s levels', levels => {
    const line = nested(levels)
    expect(ask(query, line, MODULE)).toEqual(ask(query, line))
  })

  test.each([
    '0.'.padEnd(398, '0'),
    '0.'.padEnd(20_000, '1'),
    '1e-399',
    '1e-400',
    '1e-401',
    '1e-9999',
    '1e999999999',
    '1'.repeat(500),
  ])('has one answer for a cost of %s', text => {
    for (const line of [cost(text), cost(`"${text}"`)]) expect(ask(query, line, MODULE)).toEqual(ask(query, line))
  })

  test.each(['\n'.repeat(100), '\r\n\r\n \t\n', `\n${' '.repeat(70)}\n`, '\n\n'.repeat(40).concat(' \n')])(
    'has one answer for blank lines',
    blank => {
      const log = `${blank}${nested(1)}${blank}${cost('2')}not json\n${blank}`
      expect(ask(query, log, MODULE)).toEqual(ask(query, log))
    },
  )
})

const rejectedIn = (line: string) => ask('everything', line).rejects.length

test('a line of 999 levels counts, and one of 1,001 is rejected', () => {
  expect([rejectedIn(nested(999)), rejectedIn(nested(1001))]).toEqual([0, 1])
})

test('brackets in texts are no levels', () => {
  const note = '[{\\"'.repeat(2000)
  expect(rejectedIn(`{"ts":"2026-02-02T09:15:00Z","note":"${note}"}\n`)).toBe(0)
})

test('a cost of 400 digits counts, and one of more is rejected', () => {
  expect([rejectedIn(cost('1e-400')), rejectedIn(cost('1e-401')), rejectedIn(cost(`0.${'1'.repeat(500)}`))]).toEqual([
    0, 1, 1,
  ])
})
