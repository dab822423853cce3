// The largest value of a report is the true one, however the logs are read and whatever else is added up beside it.
import { describe, expect, test } from 'vitest'
import { report as latency } from '../../src/report/latency-report.ts'
import { report as uploads } from '../../src/report/uploads-report.ts'
import { documentOf, makeFolder, reportBy, reportOf } from '../support/logs.ts'
import { WAYS } from '../support/ways.ts'

function requests(durations: readonly number[], model: string): string {
  return durations
    .map(ms => `{"ts":"2026-03-09T08:00:00Z","event":"request","model":"${model}","duration_ms":${ms}}\n`)
    .join('')
}

// More than a list of the kernel holds, so that some of them are in a window.
const SHORT = Array.from({ length: 400 }, (_, index) => 12_000 + (index % 300))
const LOGS = {
  '2026-03-09.jsonl': requests([0.5, ...SHORT, 12_345.678, ...SHORT], 'gpt-4o') + requests([9000], 'late'),
  '2026-03-10.jsonl': requests([12_345.677], 'gpt-4o') + requests([7.001, 7], 'house-model') + requests([0], 'cached'),
}

test.each(WAYS)(
  'the longest duration is exact: $reader, $threads threads, blocks of $blockBytes, cache $cache',
  async way => {
    const { summary, byModel } = documentOf(await reportBy(way, makeFolder(LOGS), { report: latency }))
    expect(summary.maxDurationMs).toBe(12_345.678)
    const longest = byModel.map((row: { model: string; maxDurationMs: number }) => [row.model, row.maxDurationMs])
    expect(Object.fromEntries(longest)).toEqual({ 'gpt-4o': 12_345.678, late: 9000, 'house-model': 7.001, cached: 0 })
  },
)

describe('a quantile', () => {
  test.each([723, 12_287.999, 12_345.678, 99_999, 3_599_999.999])('is not above the longest of %d ms', async ms => {
    const { summary } = documentOf(await reportOf(makeFolder({ 'a.jsonl': requests([ms], 'm') }), { report: latency }))
    expect(summary.maxDurationMs).toBe(ms)
    for (const key of ['p50DurationMs', 'p95DurationMs', 'p99DurationMs']) {
      expect(summary[key]).toBeLessThanOrEqual(ms)
      expect(summary[key]).toBeGreaterThan(ms * 0.99)
    }
  })
})

test('the most rows and bytes of uploads are exact', async () => {
  const line = (rows: number, bytes: number) =>
    `{"ts":"2026-03-09T08:00:00Z","event":"file_upload","file_type":"csv","rows":${rows},"file_size_bytes":${bytes}}\n`
  const folder = makeFolder({ 'a.jsonl': line(123_457, 1_234_567_891) + line(123_456, 1_234_567_890) })
  const document = documentOf(await reportOf(folder, { report: uploads }))
  expect(document.summary).toMatchObject({ maxRows: 123_457, maxBytes: 1_234_567_891 })
})
