// The numbers that the kernel and its host share: one file that both compilers read, and nothing beside it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MARKS } from '../../src/event/fields.ts'
import * as protocol from '../../src/kernel/protocol.ts'
import { BILLED_MEASURES } from '../../src/query/measures.ts'
import { TIME_UNITS } from '../../src/query/query.ts'
import { kindOfTime } from '../../src/scan/reader.ts'

const NAMES = Object.keys(protocol)

function sourcesOf(folder: string): string {
  const files = readdirSync(folder).filter(name => name.endsWith('.ts') && name !== 'protocol.ts')
  return files.map(name => readFileSync(join(folder, name), 'utf8')).join('\n')
}

const ASSEMBLY = sourcesOf('assembly')
const HOST = sourcesOf('src/kernel')

// What the host has to know of a kind is told by others: it never names these.
const OF_ASSEMBLY_ALONE = [
  ...['MEMOS_MAX', 'UNITS_MAX', 'PRICE_WEIGHTS', 'BILLED_EVENTS', 'BILLED_LOGGED_COST'],
  ...['SOURCE_FIXED', 'SUMS_SMALL', 'TIME_INSTANT', 'TIME_NAIVE', 'TIME_ABSENT', 'TIME_DAY'],
]
// The kernel does the same for all kinds but those that it names.
const OF_HOST_ALONE = ['PRICE_ESTIMATED_WIDE', 'RUN_UNITS_MAX', 'SLOT_EXTRA_NUMBER', 'STREAM_ZERO', 'SOURCE_TOKENS']

test.each(NAMES)('%s is used on both sides, or said to be of one', name => {
  const isUsed = (source: string) => new RegExp(`\\b${name}\\b`).test(source)
  expect([isUsed(ASSEMBLY), isUsed(HOST)]).toEqual([!OF_HOST_ALONE.includes(name), !OF_ASSEMBLY_ALONE.includes(name)])
})

test('no number of it is written down again', () => {
  const ends = new Set(NAMES.map(name => name.replace(/^[A-Z]+_/, '')).filter(name => name.length > 2))
  const defined = [...`${ASSEMBLY}\n${HOST}`.matchAll(/^(?:export )?const (\w+)(?:: \w+)? = -?[\d_]+$/gm)].map(
    ([, name]) => name!,
  )
  expect(defined.filter(name => NAMES.includes(name) || ends.has(name))).toEqual([])
})

describe('what others number too has the same numbers', () => {
  test('kinds of times', () => {
    const time = { ms: 0, isNaive: false, isDay: false }
    expect(kindOfTime(time)).toBe(protocol.TIME_INSTANT)
    expect(kindOfTime({ ...time, isNaive: true })).toBe(protocol.TIME_NAIVE)
    expect(kindOfTime({ ...time, isDay: true })).toBe(protocol.TIME_DAY)
    expect(kindOfTime(undefined)).toBe(protocol.TIME_ABSENT)
  })

  test('units of time', () => {
    expect(TIME_UNITS.length).toBe(protocol.UNIT_TIME_CLASS)
    expect(protocol.UNIT_TIME_CLASS + protocol.RUN_UNITS_MAX).toBeLessThan(protocol.UNIT_NAIVE)
  })

  test('things that are billed', () => {
    expect(BILLED_MEASURES.length).toBe(protocol.PRICE_WEIGHTS)
    expect(BILLED_MEASURES[protocol.BILLED_EVENTS]).toBe('analyses')
    expect(protocol.PRICE_WEIGHTS_AT + 8 * protocol.PRICE_WEIGHTS).toBeLessThanOrEqual(protocol.PRICE_BYTES)
  })

  test('marks', () => {
    expect(MARKS).toEqual(['caches_inside', 'tools_beside', 'thoughts_beside'])
  })
})
