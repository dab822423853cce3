// What the built program's report says about money, when prices change around its range.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../support/logs.ts'
import { runProgram } from '../support/program.ts'

function makeWorkspace(events: readonly object[]): string {
  const lines = events.map(event => `${JSON.stringify({ client: 'diageo', ...event })}\n`)
  return makeFolder({ '2026-02-02.jsonl': lines.join('') })
}

function report(root: string, prices: object | undefined, ...flags: string[]) {
  if (prices !== undefined) writeFileSync(join(root, 'prices.json'), JSON.stringify(prices))
  const range = ['--period', '2026-02', '--logs', '2026-02-02.jsonl']
  return runProgram(root, ['report', ...range, '--format', 'json', ...flags])
}

/** Costs by model, with their digits as they are printed. */
function costsOf(text: string): string[] {
  const section = text.slice(text.indexOf('"byModel"'), text.indexOf('"byDate"'))
  return [...section.matchAll(/"costUsd": ([^,\n]+)/g)].map(match => match[1]!)
}

const FEBRUARY = { model: 'house-7b', from: '2026-02-01', input: '1', output: '2' }

describe('the report over one range', () => {
  const events = [
    { timestamp: '2026-02-02T09:00:00Z', model: 'house-7b', input_tokens: 900, output_tokens: 80 },
    { timestamp: '2026-02-02T09:30:00Z', model: 'gpt-4o', input_tokens: 250_000, output_tokens: 80 },
  ]

  test('is the same, byte for byte, when a later price is added', () => {
    const root = makeWorkspace(events)
    const before = report(root, { prices: [{ ...FEBRUARY, to: '2026-03-01' }] })
    const after = report(root, {
      prices: [
        { model: 'house-*', from: '2026-03-01', input: '7', above: [{ inputTokens: 500, input: '9' }] },
        { ...FEBRUARY, to: '2026-03-01' },
        { ...FEBRUARY, from: '2026-03-01', input: '5', offPeak: [{ from: '09:15', to: '10:00', input: '4' }] },
        { model: 'gpt-4o', from: '2026-03-01', input: '99' },
      ],
    })

    expect(after.stdout).toBe(before.stdout)
    expect(costsOf(after.stdout)).toEqual(['0.6258', '0.00106'])
  })

  test('is the same, byte for byte, when a first prices.json is made for a later day', () => {
    const root = makeWorkspace(events)
    const before = report(root, undefined)
    const after = report(root, { prices: [{ model: 'gpt-4o', from: '2026-03-01', input: '99' }] })

    expect(after.stdout).toBe(before.stdout)
    expect(costsOf(after.stdout)).toEqual(['0.6258', 'null'])
  })
})

test('a price changes in the middle of an hour, and every event takes the one of its own instant', () => {
  const change = '2026-02-02T09:30:00Z'
  const times = ['2026-02-02T09:00:00Z', '2026-02-02T09:29:59.999Z', '2026-02-02T09:30:00Z', '2026-02-02T09:59:00Z']
  const root = makeWorkspace(times.map(timestamp => ({ timestamp, model: 'house-7b', input_tokens: 1_000_000 })))
  const { stdout } = report(root, {
    prices: [
      { ...FEBRUARY, to: change },
      { ...FEBRUARY, from: change, input: '1.000000000001' },
    ],
  })

  expect(costsOf(stdout)).toEqual(['4.000000000002'])
})

test('free is a price and unknown is none: the report names the model and --strict-pricing says no', () => {
  const root = makeWorkspace([
    { timestamp: '2026-02-02T09:00:00Z', model: 'house-7b', input_tokens: 900 },
    { timestamp: '2026-02-02T09:00:00Z', model: 'gpt-4o-foo', input_tokens: 5 },
  ])
  const { code, stdout } = report(root, { prices: [{ ...FEBRUARY, input: '0', output: '0' }] }, '--strict-pricing')

  expect(costsOf(stdout)).toEqual(['0', 'null'])
  expect(JSON.parse(stdout)).toMatchObject({ unpriced: [{ model: 'gpt-4o-foo', analyses: 1, totalTokens: 5 }] })
  expect(code).toBe(3)
})
