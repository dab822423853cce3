import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { triesOf } from '../support/tries.ts'
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
    { numRuns: triesOf(13, 40, 400) },
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

test('a place in which no folder can be made ends at once', async () => {
  const folder = makeLogs()
  const { answer } = await cachedAnswer(folder, USAGE_QUERY, { folder: '/proc/usagebook/cache' })
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
}, 30_000)

test('pipes, folders and links in the place of cache files change no answer', async () => {
  const { folder, files } = await warmLogs()
  for (const [index, file] of files.entries()) {
    rmSync(file)
    if (index % 3 === 0) execFileSync('mkfifo', [file])
    else if (index % 3 === 1) mkdirSync(file)
    else symlinkSync('/dev/zero', file)
  }
  await expectSameAnswer(folder)
}, 30_000)

test('what others may have written is not believed', async () => {
  const { folder, files } = await warmLogs()
  for (const file of files) chmodSync(file, 0o666)
  expect((await cachedAnswer(folder, USAGE_QUERY)).read).toHaveLength(7)
  await expectSameAnswer(folder)
})

test.skipIf(process.getuid?.() !== 0)('what belongs to somebody else is not believed', async () => {
  const { folder, files } = await warmLogs()
  for (const file of files) chownSync(file, 65534, 65534)
  expect((await cachedAnswer(folder, USAGE_QUERY)).read).toHaveLength(7)
})

test('the cache is nobody else’s to read', async () => {
  const { folder, files } = await warmLogs()
  const modes = [cacheFolderOf(folder), ...files].map(path => (statSync(path).mode & 0o777).toString(8))
  expect(new Set(modes)).toEqual(new Set(['700', '600']))
})

test('of many small files nothing is kept', async () => {
  const folder = makeLogs()
  const { answer } = await cachedAnswer(folder, USAGE_QUERY, { manyFiles: 6 })
  expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
  expect(existsSync(cacheFolderOf(folder))).toBe(false)
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
