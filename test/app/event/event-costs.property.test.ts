// What single events cost adds up to the report, and by cost the dearest come first, on whatever page.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDecimals, type Decimal, formatDecimal, parseDecimal, ZERO } from '../../../src/base/decimal.ts'
import { logLines } from '../../support/arbitrary-logs.ts'
import { askIn } from '../../support/ask.ts'
import { makeFolder } from '../../support/logs.ts'
import { triesOf } from '../../support/tries.ts'

// Numbers with all their digits.
const exact = (text: string) =>
  JSON.parse(text.replace(/("(?:cost_usd|estimated_cost_usd|costUsd)":\s?)(-?[\d.]+)/g, '$1"$2"'))
const costOf = (event: { cost_usd?: string; estimated_cost_usd?: string }): Decimal =>
  parseDecimal(String(event.cost_usd ?? event.estimated_cost_usd ?? '0'))!

test('costs of events add up to the cost of the report, and are in order', async () => {
  await fc.assert(
    fc.asyncProperty(logLines, async lines => {
      const folder = makeFolder({ '2026-03-01.jsonl': lines.map(line => `${line}\n`).join('') })
      const ask = async (...words: string[]) => (await askIn(folder, words)).stdout
      const events = (await ask('events', '--format', 'jsonl', '--limit', '1000', '--sort', 'cost', '--event', '*'))
        .trim()
        .split('\n')
        .map(exact)
        .slice(0, -1)
      const pages = [0, 7, 14, 21, 28, 35, 42, 49, 56].map(offset =>
        ask('events', '--json', '--sort', 'cost', '--limit', '7', '--offset', String(offset)),
      )
      const paged = (await Promise.all(pages)).flatMap(page => exact(page).events)
      const report = exact(await ask('--json', '--no-cache', '--event', '*'))

      const costs = events.map(costOf)
      const numbers = costs.map(cost => Number(formatDecimal(cost)))
      expect(formatDecimal(costs.reduce(addDecimals, ZERO))).toBe(
        formatDecimal(parseDecimal(report.summary.costUsd ?? '0')!),
      )
      expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
      expect(paged.map(costOf).map(formatDecimal)).toEqual(costs.map(formatDecimal))
    }),
    { numRuns: triesOf(10, 40, 1000) },
  )
}, 600_000)
