// What the numbers of the period compared with lack is told, as of the range itself.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'
import type { Ran } from '../golden-case.ts'
import { runInProcess } from '../support/run-in-process.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: '2026-03-12T08:00:00Z', TZ: 'UTC', NO_COLOR: '1' }
const COMPARED = ['--period', '2026-03-08', '--compare', '2026-03-03', '--format', 'json']

function lineOf(day: string, event = 'analysis'): string {
  return `${JSON.stringify({ timestamp: `${day}T10:00:00Z`, event, client: 'diageo', user: 'anna', cost_usd: 1 })}\n`
}

function openLogs(before: string | Buffer, name = '2026-03-03.jsonl'): string {
  const { dir } = openLogFolder()
  writeFileSync(join(dir, name), before)
  writeFileSync(join(dir, '2026-03-08.jsonl'), lineOf('2026-03-08'))
  return dir
}

async function run(dir: string, ...words: string[]): Promise<Ran> {
  return await runInProcess([...words, '--logs', dir], dir, ENVIRONMENT, undefined)
}

it('a file of it that cannot be read makes the report incomplete', async () => {
  const dir = openLogs('no gzip', '2026-03-03.jsonl.gz')
  const { code, stderr } = await run(dir, 'report', ...COMPARED)
  expect(stderr).toMatch(/^warning: Incomplete: 2026-03-03.jsonl.gz holds bytes that are not gzip/)
  expect(code).toBe('1')
})

it('lines of it that are rejected are told, and are against --strict', async () => {
  const dir = openLogs(`${lineOf('2026-03-03')}no json\n`)
  const { code, stdout, stderr } = await run(dir, 'report', ...COMPARED, '--strict')
  expect(JSON.parse(stdout).ledger).toMatchObject({ rejected: 0, compared: { read: 2, rejected: 1, unusedBy: {} } })
  expect(stderr).toBe(
    'warning: In the files of the period compared with, 1 line was rejected of 2 read.\n' +
      'check failed: 1 of 2 lines of the period compared with were rejected (--strict).\n',
  )
  expect(code).toBe('3')
})

it.each(['usage', 'trends', 'clients'])(
  'events of it that were pruned are told where %s cannot count them',
  async name => {
    const dir = openLogs(lineOf('2026-03-03') + lineOf('2026-03-03', 'error'))
    await run(dir, 'log', 'prune', '--older-than', '7d', '--yes')
    const { stdout, stderr } = await run(dir, 'report', name, ...COMPARED, '--where', 'session!=x')
    expect(JSON.parse(stdout).ledger).toMatchObject({ compared: { read: 0, rejected: 0, unusedBy: { fields: 2 } } })
    expect(stderr).toMatch(
      /^warning: 2 events of the period compared with were pruned and are not in its numbers: their/,
    )
  },
)
