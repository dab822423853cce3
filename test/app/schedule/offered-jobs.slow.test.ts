// Every job that a new workspace is offered does what its name says, in a workspace that holds a demo.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OFFERED_JOBS } from '../../../src/app/schedule/offered-jobs.ts'
import { runInProcess } from '../../support/run-in-process.ts'

let root = ''
const run = async (...words: string[]) => {
  const environment = { TZ: 'UTC', USAGEBOOK_NOW: '2026-02-03T08:00:00Z', XDG_CACHE_HOME: join(root, '.cached') }
  return await runInProcess(words, root, environment, undefined)
}

// One of a day that is too old to be kept, and one of which only the session is.
const OLD = [
  ['2024-12-20', '{"timestamp":"2024-12-20T09:00:00Z","client":"diageo","model":"gpt-4o","input_tokens":1000}'],
  [
    '2025-07-01',
    '{"timestamp":"2025-07-01T09:00:00Z","event":"session_start","client":"diageo","session":"s1"}',
    '{"timestamp":"2025-07-01T09:01:00Z","client":"diageo","model":"gpt-4o","input_tokens":1000}',
  ],
] as const

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'usagebook-offered-'))
  expect(await run('init', '--schedule')).toMatchObject({ code: '0', stderr: '' })
  expect(await run('log', 'demo', '--days', '35')).toMatchObject({ code: '0' })
  for (const [day, ...lines] of OLD) writeFileSync(join(root, `usage_logs/${day}.jsonl`), `${lines.join('\n')}\n`)
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

// What each leaves behind, and a part of what is in there.
const MADE: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'daily-metrics': ['reports/metrics/2026-02-02.json', 'usagebook/trends-report@'],
  'hourly-statistics': ['reports/metrics/usagebook.prom', 'usagebook_cost_usd_total'],
  'weekly-report': ['reports/weekly/2026-01-26_2026-02-01.html', '<!doctype html>'],
  'daily-export': ['reports/daily/2026-02-02.csv', 'cost_usd'],
  'weekly-export': ['reports/weekly/2026-01-26_2026-02-01.csv', 'cost_usd'],
  'monthly-export': ['reports/monthly/2026-01.csv', 'cost_usd'],
}

test('they are those that are known here', () => {
  expect(OFFERED_JOBS.map(({ name }) => name).sort()).toEqual(
    [...Object.keys(MADE), 'cleanup-events', 'cleanup-sessions', 'dashboard-periods'].sort(),
  )
})

describe.each(Object.entries(MADE))('%s', (name, [file, text]) => {
  test(`writes ${file}`, async () => {
    expect(existsSync(join(root, file))).toBe(false)
    expect(await run('schedule', 'run', name)).toEqual({ code: '0', stdout: '', stderr: '' })
    expect(readFileSync(join(root, file), 'utf8').toLowerCase()).toContain(text)
  })
})

test('dashboard-periods reads all logs into the cache', async () => {
  expect(await run('schedule', 'run', 'dashboard-periods')).toMatchObject({ code: '0', stderr: '' })
})

test('the clean-ups take what is old out of the logs, and keep it in the archive', async () => {
  const [[event, eventLine], [session, sessionLine, keptLine]] = OLD
  const log = (day: string) => join(root, `usage_logs/${day}.jsonl`)
  const archived = (day: string) => {
    const name = readdirSync(join(root, 'archive')).find(file => file.startsWith(day))
    return name === undefined ? undefined : readFileSync(join(root, 'archive', name), 'utf8')
  }
  expect(await run('schedule', 'run', 'cleanup-sessions')).toMatchObject({ code: '0', stderr: '' })
  expect(readFileSync(log(session), 'utf8')).toBe(`${keptLine}\n`)
  expect(archived(session)).toBe(`${sessionLine}\n`)
  expect(existsSync(log(event))).toBe(true)
  expect(await run('schedule', 'run', 'cleanup-events')).toMatchObject({ code: '0', stderr: '' })
  expect(existsSync(log(event))).toBe(false)
  expect(archived(event)).toBe(`${eventLine}\n`)
  expect(readFileSync(log(session), 'utf8')).toBe(`${keptLine}\n`)
})

test('none of them failed in the eyes of the schedule', async () => {
  const { stdout } = await run('schedule', 'list', '--format', 'json')
  const { jobs } = JSON.parse(stdout)
  expect(jobs.map(({ last }: { last: { exitCode: number } }) => last.exitCode)).toEqual(OFFERED_JOBS.map(() => 0))
})
