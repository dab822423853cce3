// Whatever the cells of two periods are, the parts of each line and of all lines add up to the change, to the last digit; and
// halfway between both, the way back is the way there with the signs turned.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDecimals,
  formatDecimal,
  makeDecimal,
  negateDecimal,
  subtractDecimals,
  ZERO,
} from '../../../src/base/decimal.ts'
import { type CellPair, explainCells, PART_NAMES, type Parts, sumOfParts } from '../../../src/report/explain/parts.ts'
import { logLines } from '../../support/arbitrary-logs.ts'
import { askIn } from '../../support/ask.ts'
import { makeFolder } from '../../support/logs.ts'
import { triesOf } from '../../support/tries.ts'

const cost = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 18 }))
  .map(([units, scale]) => makeDecimal(units, scale))
const quantity = fc.oneof(fc.constantFrom(0n, 1n, 3n, 7n), fc.bigInt({ min: 0n, max: 2n ** 60n }))
const side = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({ cost: ZERO, quantity: 0n, isUnpriced: true }) },
  { weight: 5, arbitrary: fc.record({ cost, quantity, isUnpriced: fc.constant(false) }) },
)
const cells = fc.array(fc.record({ before: side, after: side }), { maxLength: 12 })
const methods = fc.constantFrom('before', 'midpoint')

const changeOf = ({ before, after }: CellPair) => subtractDecimals(after?.cost ?? ZERO, before?.cost ?? ZERO)
const swapped = (pairs: readonly CellPair[]) => pairs.map(({ before, after }) => ({ before: after, after: before }))
// Turned round, what was new is lost.
const turned = (parts: Parts) =>
  PART_NAMES.map(name => {
    const other = name === 'new' ? 'lost' : name === 'lost' ? 'new' : name
    return formatDecimal(negateDecimal(parts[other]))
  })

test('the parts of every line and of the total add up to the change', () => {
  fc.assert(
    fc.property(cells, methods, (pairs, method) => {
      const parts = explainCells(pairs, method)
      const totals = PART_NAMES.map(name => parts.reduce((sum, one) => addDecimals(sum, one[name]), ZERO))

      expect(parts.map(sumOfParts).map(formatDecimal)).toEqual(pairs.map(changeOf).map(formatDecimal))
      expect(formatDecimal(totals.reduce(addDecimals, ZERO))).toBe(
        formatDecimal(pairs.map(changeOf).reduce(addDecimals, ZERO)),
      )
    }),
    { numRuns: triesOf(300, 1000, 10_000) },
  )
})

test('swapping the periods negates the midpoint method', () => {
  fc.assert(
    fc.property(cells, pairs => {
      const there = explainCells(pairs, 'midpoint')
      const back = explainCells(swapped(pairs), 'midpoint')

      expect(back.map(parts => PART_NAMES.map(name => formatDecimal(parts[name])))).toEqual(there.map(turned))
    }),
    { numRuns: triesOf(300, 1000, 10_000) },
  )
})

// Numbers with all their digits: a double has not enough of them.
function exact(text: string): { explain: Explained; summary: { costUsd: string | null } } {
  return JSON.parse(text.replace(/^(\s*"[^"]*": )(-?\d+(?:\.\d+)?)(,?)$/gm, '$1"$2"$3'))
}

interface Explained {
  readonly total: { readonly parts: Readonly<Record<string, string>>; readonly change: string }
  readonly lines: Explained['total'][]
}

const decimal = (text: string) => {
  const [whole, fraction = ''] = text.split('.')
  return makeDecimal(BigInt(whole + fraction) * 1n, fraction.length)
}
const sum = (texts: readonly string[]) => formatDecimal(texts.map(decimal).reduce(addDecimals, ZERO))

test('of two logs the parts add up to the difference of their reports', async () => {
  await fc.assert(
    fc.asyncProperty(
      logLines,
      fc.constantFrom('client,model,kind', 'kind', 'client', 'model,user,kind', 'event'),
      fc.constantFrom('requests', 'tokens'),
      methods,
      async (lines, by, quantity, method) => {
        const folder = makeFolder({ '2026-03-01.jsonl': lines.map(line => `${line}\n`).join('') })
        const ask = async (...words: string[]) => {
          const { stdout, stderr, code } = await askIn(folder, ['--json', '--no-cache', '--timezone', 'UTC', ...words])
          expect([code, stderr.includes('error')], stderr).toEqual(['0', false])
          return exact(stdout)
        }
        const now = await ask('--period', '2026-03')
        const before = await ask('--period', '2026-02')
        const explaining = ['--explain-by', by, '--explain-quantity', quantity, '--explain-method', method]
        const { explain } = await ask('--period', '2026-03', '--compare', '2026-02', ...explaining)

        const change = subtractDecimals(decimal(now.summary.costUsd ?? '0'), decimal(before.summary.costUsd ?? '0'))
        expect(explain.total.change).toBe(formatDecimal(change))
        expect(sum(Object.values(explain.total.parts))).toBe(explain.total.change)
        for (const line of explain.lines) expect(sum(Object.values(line.parts))).toBe(line.change)
        expect(sum(explain.lines.map(line => line.change))).toBe(explain.total.change)
      },
    ),
    { numRuns: triesOf(8, 60, 10_000) },
  )
}, 3_600_000)
