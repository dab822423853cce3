import { expect, test } from 'vitest'
import { openPriceBook } from '../../src/pricing/open-price-book.ts'
import { renderPriceListText } from '../../src/render/price-list.ts'
import { buildPriceList } from '../../src/report/price/price-list.ts'

test('a name that has no room beside its figures stands whole on a line of its own', async () => {
  const filter = { models: ['claude-3-5-haiku-latest'], providers: ['anthropic'] }
  const text = await renderPriceListText(buildPriceList(await openPriceBook('/nowhere'), filter), 70)
  expect(text.split('\n').slice(0, 3)).toEqual([
    'USD per million tokens  Input  Cache read  Cache write  Output',
    'anthropic/claude-3-5-haiku-latest',
    '                          0.8        0.08            1       4',
  ])
})
