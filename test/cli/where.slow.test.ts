// What `--where` finds, asked as a person would ask.
import { describe, expect, test } from 'vitest'
import { askIn } from '../support/ask.ts'
import { makeFolder } from '../support/logs.ts'

const TIME = '"timestamp":"2026-02-02T10:00:00Z"'

/** The ids of the events that a question finds, in the order of the lines. */
async function found(lines: readonly string[], ...wheres: readonly string[]): Promise<string> {
  const folder = makeFolder({
    '2026-02-02.jsonl': lines.map((line, at) => `{${TIME},"id":"${'abcdefgh'[at]}",${line}}\n`).join(''),
  })
  const words = wheres.flatMap(where => ['--where', where])
  const { stdout } = await askIn(folder, ['events', '--format', 'jsonl', '--session', '(none)', ...words])
  const events = stdout.trim().split('\n').slice(0, -1)
  return events.map(line => (JSON.parse(line) as { id: string }).id).join('')
}

describe('a duration', () => {
  const lines = [
    '"processing_time":1.5',
    '"duration_seconds":2',
    '"duration_ms":2500',
    '"latency_ms":2',
    '"client":"x"',
  ]

  test.each([
    ['processing_time>=2', 'bc'],
    ['duration_seconds=1.5', 'a'],
    ['duration_seconds=1.50', 'a'],
    ['duration_ms>=2000', 'bc'],
    ['latency_ms<2000', 'ad'],
    ['responseTimeMs=2.5e3', 'c'],
    ['processing_time!=2', 'acde'],
    ['processing_time=', 'e'],
    ['processing_time~2*', 'bc'],
  ])('%s finds %s, in the unit of the name that was asked for', async (where, ids) => {
    expect(await found(lines, where)).toBe(ids)
  })

  test('is compared to the microsecond, as it is kept', async () => {
    expect(await found(['"duration_ms":123.4567890123', '"duration_ms":123.4'], 'duration_ms=123.4567890123')).toBe('a')
  })
})

describe('the status', () => {
  const lines = [
    '"success":false',
    '"success":true',
    '"status":"failed"',
    '"status_code":503',
    '"error":"x"',
    '"user":"u"',
  ]

  test.each([
    ['success=false', 'acde'],
    ['success=true', 'bf'],
    ['success!=true', 'acde'],
    ['status=error', 'acde'],
    ['status=ok', 'bf'],
  ])('%s finds %s', async (where, ids) => {
    expect(await found(lines, where)).toBe(ids)
  })
})

describe('tokens', () => {
  const lines = [
    '"input_tokens":6,"cache_read_input_tokens":3,"cache_creation_input_tokens":1,"output_tokens":2',
    '"prompt_tokens":10',
    '"total_tokens":12',
    '"input_tokens":10,"output_tokens":2,"total_tokens":500',
    '"checks":[1,2]',
  ]

  test.each([
    ['input_tokens=10', 'abd'],
    ['prompt_tokens>=1e1', 'abd'],
    ['input_tokens=6', ''],
    ['total_tokens=12', 'acd'],
    ['total_tokens=500', ''],
    ['total_tokens=', 'e'],
    ['cache_read_tokens=3', 'a'],
    ['cache_read_input_tokens=3', 'a'],
    ['cache_write_tokens=1', 'a'],
    ['input_tokens=', 'ce'],
    ['num_checks=2', 'e'],
  ])('%s finds %s: the sums that reports use', async (where, ids) => {
    expect(await found(lines, where)).toBe(ids)
  })
})

describe('any other field', () => {
  test.each([
    ['weight=1000', 'abc'],
    ['weight=1e3', 'abc'],
    ['weight!=1000', 'def'],
    ['weight=01000', 'd'],
    ['weight>=1000', 'abcd'],
    ['weight<1000', ''],
    ['weight=', 'f'],
  ])('%s finds %s: as numbers where both are', async (where, ids) => {
    const lines = ['"weight":1000', '"weight":1e3', '"weight":"1000.0"', '"weight":"01000"', '"weight":"many"', '"x":1']
    expect(await found(lines, where)).toBe(ids)
  })

  test('is compared with all its digits', async () => {
    const lines = ['"n":123456789012345678901234567890', '"n":123456789012345678901234567891']
    expect([
      await found(lines, 'n=123456789012345678901234567891'),
      await found(lines, 'n>123456789012345678901234567890'),
    ]).toEqual(['b', 'b'])
  })

  test.each([
    ['name="a,b"', 'a'],
    ['name=a,b', 'bc'],
    ['name!="a,b"', 'bcd'],
    ['name="say ""hi"""', 'd'],
    ['name~"a,*"', 'a'],
    ['name="a,b",b', 'ac'],
    ['name==b', 'c'],
  ])('%s finds %s', async (where, ids) => {
    expect(await found(['"name":"a,b"', '"name":"a"', '"name":"b"', '"name":"say \\"hi\\""'], where)).toBe(ids)
  })
})

test('a name is its text: two clients that are one number are two clients', async () => {
  const lines = ['"client":"007"', '"client":7', '"client":"7.0"', '"client":"12e4"', '"client":"120000"']
  expect([await found(lines, 'client=7'), await found(lines, 'client=120000')]).toEqual(['b', 'e'])
})

test('a filter takes a value with a comma in quotes', async () => {
  const folder = makeFolder({
    '2026-02-02.jsonl': `{${TIME},"client":"Smith, Jones"}\n{${TIME},"client":"Smith"}\n`,
  })
  const words = ['--client', '"Smith, Jones"', '--group-by', 'client', '--columns', 'client', '--format', 'csv']
  expect((await askIn(folder, words)).stdout).toBe('client\n"Smith, Jones"\n')
})
