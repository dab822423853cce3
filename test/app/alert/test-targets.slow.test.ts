// A test message: real numbers, to the targets that are meant, with an id of its own each time.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runInProcess } from '../../support/run-in-process.ts'

const NOW = '2026-02-03T08:00:00Z'
const LOG = [
  '{"timestamp":"2026-02-02T10:00:00Z","event":"analysis","client":"diageo","model":"gpt-4o","cost_usd":1.25}',
  '{"timestamp":"2026-01-31T10:00:00Z","event":"analysis","client":"diageo","model":"gpt-4o","cost_usd":3}',
  '{"timestamp":"2026-01-27T10:00:00Z","event":"analysis","client":"diageo","model":"gpt-4o","cost_usd":100}',
]

test('a test message has the cost of the last days, and who has not got it is named', async () => {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-targets-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  writeFileSync(join(root, 'log.jsonl'), `${LOG.join('\n')}\n`)
  const file = join(root, 'got')
  const targets = {
    ops: { command: ['sh', '-c', `cat >> '${file}'; echo >> '${file}'`] },
    broken: { command: ['false'] },
  }
  writeFileSync(join(root, 'alerts.json'), JSON.stringify({ targets }))
  const run = (...names: string[]) =>
    runInProcess(['alert', 'test', '--logs', 'log.jsonl', ...names], root, { USAGEBOOK_NOW: NOW }, undefined)
  const all = await run()
  expect([all.code, all.stdout]).toEqual(['1', '"A test of usagebook: $4.25 in the last 7 days" has arrived at ops.\n'])
  expect(all.stderr).toMatch(/^broken has not got "A test of usagebook: \$4\.25 in the last 7 days": /)
  expect((await run('ops')).code).toBe('0')
  const got = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as { id: string; data: { causes: object[]; next: string } })
  expect(new Set(got.map(({ id }) => id)).size).toBe(2)
  expect(got[0]!.data).toMatchObject({
    causes: [
      { name: '2026-01-31', value: '$3.00' },
      { name: '2026-02-02', value: '$1.25' },
    ],
    next: 'usagebook --last-days 7',
  })
})
