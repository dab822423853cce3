// Fingerprints are a format on disk: summaries of pruned lines and proofs in the cache hold them. The values were made by a
// program of its own, in another language.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import type { RunRequest } from '../../src/engine/engine.ts'
import { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { wholeFile } from '../../src/engine/local/work.ts'
import { describeLogFile } from '../../src/log/log-file.ts'
import { FORMATS, QUERIES } from './equality.ts'

const KNOWN = {
  a: 'f7099bd2 984a3c48 984a3c48 5ebf5f8a',
  evt_1: '6a78f865 abd52289 abd52289 2478ec0f',
  '0123456789abcdef': '499a1ca6 5455b9c4 17ee0475 cca0a956',
  '0123456789abcdef0': '30b04f8b 3a4d2be8 4fa873c2 64098ba9',
  msg_01XFDUDYJgAACzvnptvVoYEL: 'ab73d58b 1e89dafa 6774e36f 1cf203d8',
  'kündigung-é-日本': '4c48b573 61dd8bf3 3c2e452e 566618e2',
}

const folder = mkdtempSync(join(tmpdir(), 'usagebook-fingerprints-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.each(['kernel', 'reference'] as const)('the %s writes the fingerprints that are on disk already', async reader => {
  const path = join(folder, 'ids.jsonl')
  writeFileSync(
    path,
    Object.keys(KNOWN)
      .map(id => `${JSON.stringify({ id, ts: 1_770_023_700 })}\n`)
      .join(''),
  )
  const query = { ...QUERIES['counted once']!, conditions: [] }
  const formatOf = () => FORMATS.native!
  const request: RunRequest = { query, files: [], formatOf, openStdin: () => Readable.from([]), hooks: {} }
  const task = { ...wholeFile(describeLogFile(path, 'ids.jsonl', null)), isForGrowth: true }
  const words: number[] = []
  await new LocalEngine({ reader }).runFiles(request, [task], ({ seen }) => words.push(...seen!.words))
  // What else is kept with an id stands behind its fingerprint.
  const step = words.length / Object.keys(KNOWN).length
  expect(Object.keys(KNOWN).map((_, at) => textOf(words.slice(at * step, at * step + 4)))).toEqual(Object.values(KNOWN))
})

function textOf(words: readonly number[]): string {
  return words.map(word => word.toString(16).padStart(8, '0')).join(' ')
}
