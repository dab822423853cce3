import { describe, expect, test } from 'vitest'
import { cachedAnswer, growLogs, makeLogs, plainAnswer, QUERIES } from '../cache-corpus.ts'

describe.each(Object.entries(QUERIES))('%s', (_, query) => {
  test('has the same answer without a cache, cold, warm and grown', async () => {
    const folder = makeLogs()
    const plain = await plainAnswer(folder, query)
    expect((await cachedAnswer(folder, query)).answer).toEqual(plain)
    expect((await cachedAnswer(folder, query)).answer).toEqual(plain)
    growLogs(folder)
    const grown = await plainAnswer(folder, query)
    expect(grown).not.toEqual(plain)
    expect((await cachedAnswer(folder, query)).answer).toEqual(grown)
    expect((await cachedAnswer(folder, query)).answer).toEqual(grown)
  })

  test('has the same answer where growth is stored at once', async () => {
    const folder = makeLogs()
    await cachedAnswer(folder, query, { storedGrowthBytes: 0 })
    growLogs(folder)
    const grown = await plainAnswer(folder, query)
    expect((await cachedAnswer(folder, query, { storedGrowthBytes: 0 })).answer).toEqual(grown)
    expect((await cachedAnswer(folder, query, { storedGrowthBytes: 0 })).answer).toEqual(grown)
  })
})

test('queries that share a cache keep their own answers', async () => {
  const folder = makeLogs()
  for (const query of Object.values(QUERIES)) await cachedAnswer(folder, query)
  for (const query of Object.values(QUERIES).reverse()) {
    expect((await cachedAnswer(folder, query)).answer).toEqual(await plainAnswer(folder, query))
  }
})
