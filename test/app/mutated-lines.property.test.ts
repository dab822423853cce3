// Lines mutated at random: nothing throws, and the ledger stays exact.
import { expect, test } from 'vitest'
import { SEED } from '../fixed-seed.ts'
import { makeFolder, reportOf } from '../support/logs.ts'
import { triesOf } from '../support/tries.ts'

const LINES = triesOf(6000, 20_000, 300_000)

const BASE = [
  '{"id":"evt_1","timestamp":"2026-03-01T10:00:00.123Z","event":"analysis","client":"diageo","user":"anna@diageo.com","profile":"brand_check_v2","model":"gpt-4o","checks":12,"input_tokens":900,"output_tokens":80,"duration_ms":1234.5,"status":"ok"}',
  '{"ts":1772359200,"tenant":"unilever","usage":{"a":[1,{"b":null}]},"prompt_tokens":"1200","completion_tokens":3,"cost":0.0123,"success":false}',
  '{"time":"2026-03-01 10:00:00","client":"ünïlever \\u00e9","error":{"message":"x"},"cache_read_input_tokens":5,"cache_creation_input_tokens":7}',
].map(text => Buffer.from(text))

const INSERTS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\0',
  '\u001f',
  '\r',
  '\n',
  ' ',
  '-',
  '1e9',
  '\ufeff',
  '\\u0000',
  'null',
]

function makeRandom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

function mutate(base: Buffer, random: (below: number) => number): Buffer {
  const line = Buffer.from(base)
  const at = random(line.length)
  const kind = random(5)
  if (kind === 0) line[at] = random(256)
  if (kind === 1) return line.subarray(0, at)
  if (kind === 2)
    return Buffer.concat([line.subarray(0, at), Buffer.from(INSERTS[random(INSERTS.length)]!), line.subarray(at)])
  if (kind === 3) return Buffer.concat([line.subarray(0, at), line.subarray(Math.min(line.length, at + 1 + random(8)))])
  return Buffer.concat([line.subarray(0, at), base.subarray(random(base.length))])
}

test(`${LINES} mutated lines, seed ${SEED}: no crash, and every line in one count`, async () => {
  const random = makeRandom(SEED)
  const lines = Array.from({ length: LINES }, (_, index) => mutate(BASE[index % BASE.length]!, random))
  const bytes = Buffer.concat(lines.flatMap(line => [line, Buffer.from('\n')]))
  const rejectedLines: number[] = []
  const report = await reportOf(makeFolder({ '2026-03-01.jsonl': bytes }), {}, line => rejectedLines.push(line.line))
  const { ledger } = report
  const expected = bytes
    .toString('latin1')
    .split('\n')
    .filter(line => !/^(\xef\xbb\xbf)?[ \t\r]*$/.test(line)).length
  expect(ledger.read).toBe(expected)
  expect(ledger.used + ledger.filtered + ledger.other + ledger.duplicate + ledger.rejected).toBe(expected)
  expect(rejectedLines).toHaveLength(ledger.rejected)
  expect(rejectedLines).toEqual([...rejectedLines].sort((a, b) => a - b))
  expect(ledger.rejected).toBeGreaterThan(LINES / 10)
})
