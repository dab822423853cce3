import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { planPriceImport, writePriceImport } from '../../../src/app/price/import-prices.ts'
import type { Instant } from '../../../src/base/zone.ts'

const FILE = resolve('fixtures/litellm-map.json')
const FEBRUARY = Date.parse('2026-02-01T00:00:00Z') as Instant
const ALL = { models: [], providers: [] }

test('a file that cannot be written stays as it was', async () => {
  const root = mkdtempSync(join(tmpdir(), 'prices-'))
  const { plan } = await planPriceImport({
    workspaceRoot: root,
    file: FILE,
    start: { from: FEBRUARY, today: FEBRUARY },
    filter: ALL,
  })
  writeFileSync(join(root, 'notes.txt'), 'x')

  await expect(
    writePriceImport(join(root, 'notes.txt', 'house'), plan, () => async () => undefined),
  ).rejects.toMatchObject({
    code: 'prices-unwritable',
    kind: 'input',
    message: `${join(root, 'notes.txt', 'house', 'prices.json')} cannot be written: a part of its path is not a folder.`,
  })
  expect(readFileSync(join(root, 'notes.txt'), 'utf8')).toBe('x')
})

test('planning writes nothing', async () => {
  const root = mkdtempSync(join(tmpdir(), 'prices-'))
  const { change } = await planPriceImport({
    workspaceRoot: root,
    file: FILE,
    start: { from: FEBRUARY, today: FEBRUARY },
    filter: ALL,
  })

  expect(change.added.length).toBe(5)
  expect(() => readFileSync(join(root, 'prices.json'))).toThrow('ENOENT')
})
