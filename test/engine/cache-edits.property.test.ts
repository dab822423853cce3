// Whatever is done to logs between two questions, the cache answers what the logs say now.
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { triesOf } from '../support/tries.ts'
import { cachedAnswer, logLine, makeLogs, plainAnswer, USAGE_QUERY } from './cache-corpus.ts'

const FILES = ['2026-02-03.jsonl', 'undated.jsonl', '2026-01-30.jsonl', '2026-02-01.jsonl']

interface Edit {
  readonly kind: 'overwrite' | 'append' | 'piece' | 'truncate' | 'replace' | 'keep the time'
  readonly file: string
  readonly place: number
}

const EDIT: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('overwrite', 'overwrite', 'append', 'append', 'piece', 'truncate', 'replace', 'keep the time'),
  file: fc.constantFrom(...FILES),
  place: fc.nat(1_000_000),
})

function overwrite(path: string, place: number): void {
  const at = place % Math.max(1, statSync(path).size)
  const descriptor = openSync(path, 'r+')
  writeSync(descriptor, '7', at)
  closeSync(descriptor)
}

function make({ kind, file, place }: Edit, folder: string): void {
  const path = join(folder, file)
  const { atimeMs, mtimeMs, size } = statSync(path)
  if (kind === 'overwrite') overwrite(path, place)
  else if (kind === 'append') appendFileSync(path, `${logLine('2026-02-03', place)}\n`)
  else if (kind === 'piece') appendFileSync(path, logLine('2026-02-03', place).slice(0, (place % 90) + 1))
  else if (kind === 'truncate') truncateSync(path, place % (size + 1))
  else if (kind === 'replace') {
    copyFileSync(path, `${path}.new`)
    overwrite(`${path}.new`, place)
    renameSync(`${path}.new`, path)
  } else {
    overwrite(path, place)
    utimesSync(path, atimeMs / 1000, mtimeMs / 1000)
  }
}

test('the answer from the cache is that of the logs after any edits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(EDIT, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(0, undefined),
      fc.constantFrom(0, 60_000),
      async (rounds, storedGrowthBytes, laterMs) => {
        const folder = makeLogs()
        const growth = storedGrowthBytes === undefined ? {} : { storedGrowthBytes }
        const options = { ...growth, now: () => Date.now() + laterMs }
        await cachedAnswer(folder, USAGE_QUERY, options)
        for (const edits of rounds) {
          for (const edit of edits) make(edit, folder)
          const { answer } = await cachedAnswer(folder, USAGE_QUERY, options)
          expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
        }
      },
    ),
    { numRuns: triesOf(8, 25, 250) },
  )
})

test('a large file that was edited at its start or its end before it grew is read whole', async () => {
  const folder = makeLogs()
  const path = join(folder, '2026-02-03.jsonl')
  const text = readFileSync(path, 'utf8')
  for (let times = 0; times < 40; times++) appendFileSync(path, text.replaceAll('"id":"e', `"id":"${times}-`))
  for (const place of [100, statSync(path).size - 100]) {
    await cachedAnswer(folder, USAGE_QUERY)
    overwrite(path, place)
    appendFileSync(path, `${logLine('2026-02-03', place)}\n`)
    const { answer, read } = await cachedAnswer(folder, USAGE_QUERY)
    expect(read).toEqual(['2026-02-03.jsonl'])
    expect(answer).toEqual(await plainAnswer(folder, USAGE_QUERY))
  }
})
