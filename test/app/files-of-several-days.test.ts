// Logs whose name has two dates: what the checks, the reports and the removal of old events make of them.
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, reportOf } from '../support/logs.ts'
import { runInProcess } from '../support/run-in-process.ts'

const NOW = '2026-03-10T08:00:00Z'
const ENVIRONMENT = { USAGEBOOK_NOW: NOW, TZ: 'UTC', NO_COLOR: '1', COLUMNS: '200' }
const WEEK = '2026-03-01_2026-03-07.jsonl'
const eventOf = (day: string) => `{"timestamp":"${day}T09:00:00Z","client":"diageo"}\n`

function folderOf(files: Readonly<Record<string, string>>): string {
  return makeFolder({ 'usagebook.config.json': '{"logs":"."}', ...files })
}

const run = (folder: string, ...words: string[]) => runInProcess(words, folder, ENVIRONMENT, undefined)

interface Checked {
  readonly files: readonly { readonly name: string; readonly outsideDay: number }[]
  readonly missingDays: readonly string[]
}

describe('a file of a week', () => {
  const logs = {
    [WEEK]: ['2026-03-01', '2026-03-04', '2026-03-07', '2026-03-08'].map(eventOf).join(''),
    '2026-03-09.jsonl': eventOf('2026-03-09'),
  }

  test('is checked by its days, and lacks none of them', async () => {
    const { stdout } = await run(folderOf(logs), 'log', 'check', '--format', 'json')
    const { files, missingDays } = JSON.parse(stdout) as Checked
    expect(files.map(({ name, outsideDay }) => [name, outsideDay])).toEqual([
      [WEEK, 1],
      ['2026-03-09.jsonl', 0],
    ])
    expect(missingDays).toEqual(['2026-03-08'])
  })

  test('lacks no day to the doctor', async () => {
    const { stdout } = await run(folderOf(logs), 'doctor')
    expect(stdout).toContain('2 files from 2026-03-01 to 2026-03-09; no file for 2026-03-08.')
  })

  test.each([
    ['2026-03-04', 1],
    ['2026-03-08', 1],
    ['2026-03-09', 1],
    ['2026-03-06', 0],
  ])('is in the report of %s', async (day, used) => {
    const { ledger } = await reportOf(folderOf(logs), { days: { startDate: day, endDate: day } })
    expect(ledger.used).toBe(used)
  })
})

describe('old events of a file that covers today', () => {
  const name = '2026-01-01_2026-12-31.jsonl'
  const text = eventOf('2026-01-05') + eventOf('2026-03-09')

  test.each([
    ['go where nobody writes to it', 2 * 3_600_000, 1],
    ['stay where it was written to just now', 60_000, 2],
  ])('%s', async (_, ageMs, left) => {
    const folder = folderOf({ [name]: text })
    const changed = new Date(Date.parse(NOW) - ageMs)
    utimesSync(join(folder, name), changed, changed)
    await run(folder, 'log', 'prune', '--older-than', '30d', '--no-keep-summaries', '--yes')
    expect((await reportOf(folder)).ledger.used).toBe(left)
  })
})
