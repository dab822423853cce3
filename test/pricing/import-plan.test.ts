import { describe, expect, test } from 'vitest'
import { parseDay } from '../../src/base/calendar.ts'
import { DAY_MS, type Instant } from '../../src/base/zone.ts'
import { formatPriceFile } from '../../src/pricing/format-price-file.ts'
import { type ImportedEntry, planImport } from '../../src/pricing/import-plan.ts'
import { parsePriceBook } from '../../src/pricing/open-price-book.ts'

const FEBRUARY = (parseDay('2026-02-01')! * DAY_MS) as Instant

function plan(
  prices: readonly ImportedEntry[],
  entries: readonly ImportedEntry[],
  rest: { aliases?: Record<string, unknown>; newAliases?: Record<string, unknown> } = {},
) {
  const book = { prices, aliases: rest.aliases ?? {}, schema: undefined }
  const source = { entries, skipped: [], unbilled: new Map(), aliases: rest.newAliases ?? {} }
  return planImport(book, source, { from: FEBRUARY, today: FEBRUARY }, model =>
    model === 'gpt-4o' ? { rates: { input: '2.5', output: '10' } } : undefined,
  )
}

describe('without a first day', () => {
  const entries = [{ model: 'house-7b', input: '2' }]
  const over = (prices: readonly ImportedEntry[], from?: Instant) =>
    planImport(
      { prices, aliases: {}, schema: undefined },
      { entries, skipped: [], unbilled: new Map(), aliases: {} },
      { from, today: FEBRUARY },
      () => undefined,
    )

  test('a price over a book without prices holds for what was logged before', () => {
    const { book, added } = over([])
    expect([book.prices, added[0]!.from]).toEqual([entries, null])
  })

  test('a price begins today over a book that has some, and on the day that was told over any', () => {
    const first = [over([{ model: 'gpt-x', input: '1' }]), over([], FEBRUARY)].map(({ book }) => book.prices.at(-1))
    expect(first).toEqual([
      { model: 'house-7b', from: '2026-02-01', input: '2' },
      { model: 'house-7b', from: '2026-02-01', input: '2' },
    ])
  })
})

describe('a price of the file', () => {
  test('ends on the day on which a new one begins', () => {
    const { book, changed } = plan([{ model: 'house-7b', input: '1' }], [{ model: 'house-7b', input: '2' }])
    expect(book.prices).toEqual([
      { model: 'house-7b', to: '2026-02-01', input: '1' },
      { model: 'house-7b', from: '2026-02-01', input: '2' },
    ])
    expect(changed).toMatchObject([
      { model: 'house-7b', from: '2026-02-01', before: { rates: { input: '1' } }, after: { rates: { input: '2' } } },
    ])
  })

  test('stays as it is where the new one is the same, however it is written', () => {
    const prices = [{ model: 'house-7b', input: '1.50', output: '2' }]
    const { book, unchanged, added, changed } = plan(prices, [{ model: 'House-7B', output: '2.0', input: '1.5' }])
    expect([book.prices, unchanged, added, changed]).toEqual([prices, ['House-7B'], [], []])
  })

  test('is replaced where it begins on the same day', () => {
    const { book } = plan([{ model: 'house-7b', from: '2026-02-01', input: '1' }], [{ model: 'house-7b', input: '2' }])
    expect(book.prices).toEqual([{ model: 'house-7b', from: '2026-02-01', input: '2' }])
  })

  test('of a later day is kept, and the new one ends there', () => {
    const later = { model: 'house-7b', from: '2026-05-01', input: '3' }
    const { book } = plan(
      [{ model: 'house-7b', to: '2026-05-01', input: '1' }, later],
      [{ model: 'house-7b', input: '2' }],
    )
    expect(book.prices).toEqual([
      { model: 'house-7b', to: '2026-02-01', input: '1' },
      later,
      { model: 'house-7b', from: '2026-02-01', to: '2026-05-01', input: '2' },
    ])
  })

  test('is cut in two by a price that has an end of its own', () => {
    const { book } = plan(
      [{ model: 'house-7b', input: '1' }],
      [{ model: 'house-7b', from: '2026-03-01', to: '2026-04-01', input: '2' }],
    )
    expect(book.prices).toEqual([
      { model: 'house-7b', to: '2026-03-01', input: '1' },
      { model: 'house-7b', from: '2026-04-01', input: '1' },
      { model: 'house-7b', from: '2026-03-01', to: '2026-04-01', input: '2' },
    ])
  })

  test('of another provider is not touched', () => {
    const other = { model: 'house-7b', provider: 'groq', input: '1' }
    const { book } = plan([other], [{ model: 'house-7b', provider: 'novita', input: '2' }])
    expect(book.prices).toEqual([other, { model: 'house-7b', provider: 'novita', from: '2026-02-01', input: '2' }])
  })
})

test('a price that the built-in book has too is not written', () => {
  const { book, unchanged } = plan([], [{ model: 'gpt-4o', input: '2.50', output: '10' }])
  expect([book.prices, unchanged]).toEqual([[], ['gpt-4o']])
})

test('a name that is an alias gets no price', () => {
  const { book, skipped } = plan([], [{ model: 'Chat', input: '1' }], { aliases: { chat: 'gpt-4o' } })
  expect([book.prices, skipped]).toEqual([[], [{ model: 'Chat', reason: 'the name is an alias in prices.json' }]])
})

test('new aliases are added and old ones stay', () => {
  const { book, aliases } = plan([], [], {
    aliases: { chat: 'gpt-4o' },
    newAliases: { chat: 'o3', mini: 'gpt-4o-mini' },
  })
  expect(book.aliases).toEqual({ chat: 'gpt-4o', mini: 'gpt-4o-mini' })
  expect(aliases).toEqual([{ name: 'mini', leadsTo: 'gpt-4o-mini' }])
})

test('what is written is a price book again, an entry a line', async () => {
  const { book } = plan(
    [{ model: 'house-7b', input: '1' }],
    [{ model: 'house-7b', input: '2', above: [{ inputTokens: 5, input: '3' }] }],
    { newAliases: { chat: 'gpt-4o' } },
  )
  const text = formatPriceFile(book)
  expect(text).toBe(`{
  "prices": [
    {"model": "house-7b", "to": "2026-02-01", "input": "1"},
    {"model": "house-7b", "from": "2026-02-01", "input": "2", "above": [{"inputTokens": 5, "input": "3"}]}
  ],
  "aliases": {
    "chat": "gpt-4o"
  }
}
`)
  await expect(parsePriceBook(text, 'prices.json')).resolves.toBeDefined()
})
