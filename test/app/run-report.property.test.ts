// What must hold of every usage report, whatever the logs and in whatever way they are read.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, type Decimal, formatDecimal, ZERO } from '../../src/base/decimal.ts'
import { formatJson } from '../../src/base/json.ts'
import { renderReport } from '../../src/render/render.ts'
import type { Report, Section } from '../../src/report/model/report.ts'
import { eventObject, logLines } from '../support/arbitrary-logs.ts'
import { documentOf, makeFolder, reportBy, reportOf } from '../support/logs.ts'
import { triesOf } from '../support/tries.ts'
import { WAYS, type Way } from '../support/ways.ts'

const RUNS = { numRuns: triesOf(6, 30, 300) }
// Most without other threads, which take longer to start than to read these logs.
const ways = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...WAYS.filter(way => way.threads === 1)) },
  { weight: 1, arbitrary: fc.constantFrom(...WAYS) },
)
const COUNTS = ['analyses', 'checks', 'errors', 'input_tokens', 'output_tokens', 'total_tokens']

function column(section: Section, key: string): unknown[] {
  const index = section.columns.findIndex(candidate => candidate.key === key)
  return section.rows.map(row => row[index]!)
}

function totalCount(section: Section, key: string): bigint {
  return column(section, key).reduce<bigint>((sum, cell) => sum + BigInt(cell as number | bigint), 0n)
}

function totalCost(section: Section): string {
  const known = column(section, 'cost_usd').filter(cell => cell !== null) as Decimal[]
  return formatDecimal(known.reduce(addDecimals, ZERO))
}

function sectionsOf(report: Report): [Section, Section[]] {
  const [summary, ...others] = report.sections
  return [summary!, others]
}

async function reportOfLines(way: Way, lines: readonly string[]) {
  return await reportBy(way, makeFolder({ '2026-03-01.jsonl': lines.join('\n') }))
}

test('the report is the same in whatever way the logs are read', async () => {
  await fc.assert(
    fc.asyncProperty(ways, logLines, async (way, lines) => {
      const plain = await reportOf(makeFolder({ '2026-03-01.jsonl': lines.join('\n') }))
      expect(formatJson((await reportOfLines(way, lines)).document)).toBe(formatJson(plain.document))
    }),
    RUNS,
  )
})

test('every line read ends in exactly one count of the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(ways, logLines, async (way, lines) => {
      const { ledger } = await reportOfLines(way, lines)
      expect(ledger.used + ledger.filtered + ledger.other + ledger.duplicate + ledger.rejected).toBe(ledger.read)
      expect(ledger.read).toBe(lines.filter(line => line.trim() !== '').length)
      expect(Object.values(ledger.rejectedBy).reduce((sum, count) => sum + count, 0)).toBe(ledger.rejected)
    }),
    RUNS,
  )
})

test('each section adds up to the summary, to the last digit of the cost', async () => {
  await fc.assert(
    fc.asyncProperty(ways, logLines, async (way, lines) => {
      const [summary, others] = sectionsOf(await reportOfLines(way, lines))
      for (const section of others) {
        for (const key of COUNTS) expect(totalCount(section, key), key).toBe(totalCount(summary, key))
        expect(totalCost(section)).toBe(totalCost(summary))
      }
    }),
    RUNS,
  )
})

test('rows kept by a top and the row of the rest add up to the summary', async () => {
  await fc.assert(
    fc.asyncProperty(ways, logLines, fc.integer({ min: 1, max: 4 }), async (way, lines, top) => {
      const folder = makeFolder({ '2026-03-01.jsonl': lines.join('\n') })
      const [summary, others] = sectionsOf(await reportBy(way, folder, { top }))
      for (const section of others) {
        const rows = section.rest === null ? section.rows : [...section.rows, section.rest.row]
        expect(totalCost({ ...section, rows })).toBe(totalCost(summary))
      }
    }),
    RUNS,
  )
})

test('CSV, JSON and JSON lines show the same numbers', async () => {
  await fc.assert(
    fc.asyncProperty(ways, logLines, async (way, lines) => {
      const report = await reportOfLines(way, lines)
      const options = {
        width: 80,
        colorLevel: 0,
        hasUnicode: true,
        columns: null,
        hasHeader: false,
        hasBom: false,
      } as const
      const csv = [...(await renderReport(report, { ...options, format: 'csv' }))].join('')
      const document = documentOf(report)
      const csvCosts = csv
        .split('\n')
        .filter(line => line.startsWith('model,'))
        .map(line => line.split(',').at(-5))
      const jsonText = formatJson(report.document)
      expect(csvCosts).toHaveLength(document.byModel.length)
      for (const cost of csvCosts) expect(cost === '' || jsonText.includes(`"costUsd": ${cost}`), cost).toBe(true)
      const objects = [...(await renderReport(report, { ...options, format: 'jsonl' }))].join('').trim().split('\n')
      expect(objects).toHaveLength(report.sections.reduce((sum, section) => sum + section.rows.length, 1))
    }),
    RUNS,
  )
})

test('the order of keys, of lines and of files, and the line ends, change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      ways,
      fc.array(eventObject, { maxLength: 30 }),
      fc.infiniteStream(fc.nat(1000)),
      async (way, events, numbers) => {
        const shuffled = <T>(items: readonly T[]) =>
          items
            .map(item => ({ item, at: numbers.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item)
        const plain = events.map(event => JSON.stringify(event))
        const turned = shuffled(events).map(event =>
          JSON.stringify(Object.fromEntries(shuffled(Object.entries(event)))),
        )
        const half = Math.floor(turned.length / 2)
        const first = await reportOf(makeFolder({ 'a.jsonl': plain.join('\n') }), { dedupe: 'off' })
        const other = await reportBy(
          way,
          makeFolder({ 'x.jsonl': turned.slice(half).join('\r\n'), 'y.jsonl': turned.slice(0, half).join('\n') }),
          { dedupe: 'off' },
        )
        const { ledger: _a, problems: _p, ...expected } = documentOf(first)
        const { ledger: _b, problems: _q, ...actual } = documentOf(other)
        expect(actual).toEqual(expected)
      },
    ),
    RUNS,
  )
})

test('a range cut in two adds up to the whole', async () => {
  await fc.assert(
    fc.asyncProperty(ways, logLines, fc.integer({ min: 0, max: 5 * 24 }), async (way, lines, hour) => {
      const folder = makeFolder({ 'app.jsonl': lines.join('\n') })
      const from = '2026-02-27'
      const cut = new Date(Date.UTC(2026, 1, 28, hour)).toISOString()
      const whole = await reportBy(way, folder, { dedupe: 'off', days: { startDate: from, endDate: '2026-03-06' } })
      const before = await reportBy(way, folder, { dedupe: 'off', days: { startDate: from, endDate: cut } })
      const after = await reportBy(way, folder, { dedupe: 'off', days: { startDate: cut, endDate: '2026-03-06' } })
      const [all, first, second] = [whole, before, after].map(report => report.sections[0]!)
      for (const key of COUNTS) expect(totalCount(first!, key) + totalCount(second!, key)).toBe(totalCount(all!, key))
      expect(whole.ledger.used).toBe(before.ledger.used + after.ledger.used)
      const costs = [first!, second!].flatMap(section => column(section, 'cost_usd')).filter(cell => cell !== null)
      expect(formatDecimal((costs as Decimal[]).reduce(addDecimals, ZERO))).toBe(totalCost(all!))
    }),
    RUNS,
  )
})
