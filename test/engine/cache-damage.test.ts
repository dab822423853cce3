import { execFile } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cachedAnswer, cacheFolderOf, growLogs, makeLogs, plainAnswer, USAGE_QUERY } from './cache-corpus.ts'

async function warmLogs(): Promise<{ folder: string; files: string[] }> {
  const folder = makeLogs()
  await cachedAnswer(folder, USAGE_QUERY)
  const cache = cacheFolderOf(folder)
  return { folder, files: readdirSync(cache).map(name => join(cache, name)) }
}

async function expectSameAnswer(folder: string): Promise<void> {
  expect((await cachedAnswer(folder, USAGE_QUERY)).answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
}

test('cache files that were cut change no answer', async () => {
  const { folder, files } = await warmLogs()
  for (const file of files) {
    truncateSync(file, 100)
    await expectSameAnswer(folder)
  }
})

test('an emptied cache changes no answer', async () => {
  const { folder, files } = await warmLogs()
  for (const file of files) writeFileSync(file, '')
  await expectSameAnswer(folder)
})

test('flipped bits in cache files change no answer, of whole logs and of grown ones', async () => {
  const { folder, files } = await warmLogs()
  const originals = files.map(file => readFileSync(file))
  growLogs(folder)
  const plain = await plainAnswer(folder, USAGE_QUERY)
  await fc.assert(
    fc.asyncProperty(fc.nat(files.length - 1), fc.nat(), fc.nat(7), async (index, place, bit) => {
      files.forEach((file, number) => {
        writeFileSync(file, originals[number]!)
      })
      const bytes = Buffer.from(originals[index]!)
      bytes[place % bytes.length]! ^= 1 << bit
      writeFileSync(files[index]!, bytes)
      expect((await cachedAnswer(folder, USAGE_QUERY)).answer).toEqual(plain)
    }),
    { numRuns: 40 },
  )
})

test('cache files that were swapped for one another change no answer', async () => {
  const { folder, files } = await warmLogs()
  for (const file of files) {
    for (const other of files) if (file !== other) copyFileSync(other, file)
    await expectSameAnswer(folder)
  }
})

test('a cache that cannot be written is no error', async () => {
  const folder = makeLogs()
  const { answer } = await cachedAnswer(folder, USAGE_QUERY, { folder: '/dev/null/cache' })
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('a cache file that is a folder is no error', async () => {
  const folder = makeLogs()
  const { answer } = await cachedAnswer(folder, USAGE_QUERY, { folder })
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
})

test('the cache keeps within its size, and answers from what is left', async () => {
  const folder = makeLogs()
  await cachedAnswer(folder, USAGE_QUERY, { mostBytes: 20_000 })
  const cache = cacheFolderOf(folder)
  const kept = readdirSync(cache).reduce((sum, name) => sum + readFileSync(join(cache, name)).length, 0)
  expect(kept).toBeLessThanOrEqual(20_000)
  await expectSameAnswer(folder)
})

test('four processes that fill one cache give the same answer, and leave a whole cache', async () => {
  const folder = makeLogs()
  const script = join(folder, '..', 'fill.mjs')
  const banner = { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" }
  const entryPoints = ['test/engine/fill-cache.ts']
  buildSync({ entryPoints, outfile: script, bundle: true, format: 'esm', platform: 'node', banner })
  for (const name of ['kernel.wasm', 'columns.wasm']) copyFileSync(`dist/${name}`, join(folder, '..', name))
  const run = promisify(execFile)
  const answers = await Promise.all(
    [1, 2, 3, 4].map(async () => (await run(process.execPath, [script, folder], { maxBuffer: 1e8 })).stdout),
  )
  expect(new Set(answers).size).toBe(1)
  expect(JSON.parse(answers[0]!)).toEqual(JSON.parse(JSON.stringify(await plainAnswer(folder, USAGE_QUERY), asText)))
  expect((await cachedAnswer(folder, USAGE_QUERY, { toolVersion: '1' })).read).toEqual([])
})

function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
