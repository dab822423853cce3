// All reports over logs that are hard to add up: times without an offset and days without a time, costs of thirty digits,
// models with and without a price, events that carry usage and others of their kind that do not. However they are read, the
// pages that come out are the same, letter by letter.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORMATS, renderReport } from '../../src/render/render.ts'
import { REPORTS } from '../../src/report/catalogue.ts'
import type { ReportDefinition } from '../../src/report/model/report-definition.ts'
import { makeFolder, reportBy } from '../support/logs.ts'
import { triesOf } from '../support/tries.ts'
import { WAYS, type Way } from '../support/ways.ts'

const reports = await Promise.all(REPORTS.map(({ load }) => load()))
const PLAIN: Way = { reader: 'reference', threads: 1, blockBytes: 1024 * 1024, cache: 'none' }

const second = fc.integer({ min: 0, max: 3 * 86_400 - 1 })
const time = second.chain(at => {
  const iso = new Date(Date.UTC(2026, 2, 28) + at * 1000).toISOString()
  return fc.constantFrom(
    iso,
    iso.slice(0, 19),
    iso.slice(0, 19).replace('T', ' '),
    iso.replace('Z', '-05:30'),
    undefined,
  )
})
const few = <T>(...values: T[]) => fc.constantFrom(undefined, ...values)
const event = fc.record({
  timestamp: time,
  event: fc.constantFrom(undefined, 'analysis', 'request', 'user_query', 'session_end', 'file_upload', 'our-own'),
  client: few('diageo', 'unilever'),
  user: few('anna', 'emil', 'zoë'),
  session: few('s-1', 's-2'),
  model: few('gpt-4o', 'openai/gpt-4o', 'claude-sonnet-4-5', 'house-model', 'gpt-4.1'),
  provider: few('openai', 'openrouter'),
  country: few('de', 'fr'),
  input_tokens: fc.oneof(fc.constantFrom(undefined, 0, 0), fc.nat(400_000)),
  output_tokens: few(0, 7, 12_345),
  total_tokens: few(90),
  checks: few(0, 3),
  cost_usd: few<string | number>('0.123456789012345678901234567891', 0.1, 0, '0.0000000000000001'),
  duration_ms: few(0, 1, 127.5, 90_000),
  status: few('error'),
  file_type: few('csv', 'pdf'),
  file_size_bytes: few(3, 900, 5_000_000, 70_000_000_000),
  rows: few(1, 250_000),
})
const files = fc
  .tuple(fc.array(event, { maxLength: 50 }), fc.array(event, { maxLength: 50 }))
  .map(([first, second]) => ({ '2026-03-28.jsonl': textOf(first), 'app-2026-03-29.jsonl': textOf(second) }))

function textOf(events: readonly object[]): string {
  return events.map(one => `${JSON.stringify(one)}\n`).join('')
}

async function pagesOf(way: Way, folder: string, report: ReportDefinition, days: object) {
  const built = await reportBy(way, folder, { report, timezone: 'Europe/Berlin', ...days })
  return await Promise.all(FORMATS.map(async format => [...(await renderReport(built, { ...LOOK, format }))].join('')))
}

const LOOK = {
  width: 100,
  colorLevel: 0 as const,
  hasUnicode: true,
  columns: null,
  hasHeader: true,
  hasBom: false,
}

const days = fc.constantFrom({}, { days: { startDate: '2026-03-29', endDate: '2026-03-29' } })
// Most without other threads, which take longer to start than to read these logs.
const ways = fc.constantFrom(...WAYS.filter(({ threads, cache }) => threads === 1 || cache === 'warm'))

test('every report is the same in whatever way the logs are read', async () => {
  await fc.assert(
    fc.asyncProperty(ways, files, days, fc.constantFrom(...reports), async (way, content, range, report) => {
      const plain = await pagesOf(PLAIN, makeFolder(content), report, range)
      expect(await pagesOf(way, makeFolder(content), report, range)).toEqual(plain)
    }),
    { numRuns: triesOf(20, 60, 600) },
  )
})
