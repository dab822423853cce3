// Which files a glob names.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expandGlob } from '../../src/log/glob.ts'

const FILES = [
  '2026-01-05.jsonl',
  '2026-01-06.jsonl',
  '.2026-01-05.jsonl.tmp',
  '.hidden.jsonl',
  'app/2026-01-05.jsonl',
  'app/deep/2026-01-06.jsonl',
  '.old/2026-01-05.jsonl',
  'odd[1].jsonl',
  'a+b.jsonl',
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagebook-glob-'))
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['*.jsonl', ['2026-01-05.jsonl', '2026-01-06.jsonl', 'a+b.jsonl', 'odd[1].jsonl']],
  ['*', ['2026-01-05.jsonl', '2026-01-06.jsonl', 'a+b.jsonl', 'odd[1].jsonl']],
  ['.*.jsonl', ['.hidden.jsonl']],
  ['.*/*.jsonl', ['.old/2026-01-05.jsonl']],
  ['**/2026-01-05.jsonl', ['2026-01-05.jsonl', 'app/2026-01-05.jsonl']],
  ['app/**', ['app/2026-01-05.jsonl', 'app/deep/2026-01-06.jsonl']],
  ['*/*-0?.jsonl', ['app/2026-01-05.jsonl']],
  ['2026-01-0[5-6].jsonl', ['2026-01-05.jsonl', '2026-01-06.jsonl']],
  ['2026-01-0[!5].jsonl', ['2026-01-06.jsonl']],
  ['{a+b,2026-01-*5}.jsonl', ['2026-01-05.jsonl', 'a+b.jsonl']],
])('%s', (pattern, names) => {
  const found = expandGlob(pattern, folder).map(path => path.slice(folder.length + 1))
  expect(found.sort()).toEqual(names)
})
