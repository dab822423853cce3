import { spawn } from 'node:child_process'
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'
import type { Ran } from '../golden-case.ts'
import { runInProcess } from '../support/run-in-process.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/usagebook.js')
const ENVIRONMENT = { PATH: process.env.PATH, USAGEBOOK_NOW: '2026-02-10T08:00:00Z', TZ: 'UTC', NO_COLOR: '1' }
const PRUNE = ['log', 'prune', '--older-than', '7d', '--errors', '3d', '--yes']

interface UsageDocument {
  readonly ledger: {
    readonly read: number
    readonly used: number
    readonly summarized?: { readonly events: number; readonly days: number; readonly unusedBy: object }
  }
  readonly problems: unknown
}

async function run(dir: string, words: readonly string[]): Promise<Ran> {
  return await runInProcess([...words, '--logs', dir], dir, ENVIRONMENT, undefined)
}

async function report(dir: string, ...words: string[]): Promise<UsageDocument> {
  return JSON.parse((await run(dir, ['report', '--format', 'json', ...words])).stdout) as UsageDocument
}

/** All sections, without what says where they come from. */
async function sumsOf(dir: string, ...words: string[]): Promise<object> {
  const { ledger: _ledger, problems: _problems, ...sums } = await report(dir, ...words)
  return sums
}

async function sumsOfReports(dir: string): Promise<object[]> {
  const sums: object[] = []
  for (const words of REPORTS) sums.push(await sumsOf(dir, ...words))
  return sums
}

const CLIENTS = ['diageo', 'unilever', 'loreal']
const MODELS = ['gpt-4o', 'claude-sonnet-4-5', 'deepseek-chat', 'house-model']

/** A fortnight up to now, with costs that were logged, contexts of all sizes, and errors that go sooner. */
function writeFortnight(dir: string, eventsADay: number): void {
  for (let day = 0; day < 14; day++) {
    const date = new Date(Date.UTC(2026, 0, 28 + day)).toISOString().slice(0, 10)
    const lines = Array.from({ length: eventsADay }, (_, index) =>
      JSON.stringify({
        timestamp: `${date}T${String(index % 24).padStart(2, '0')}:30:00.${String(index % 1000).padStart(3, '0')}Z`,
        id: `${date}-${index}`,
        event: index % 11 === 0 ? 'error' : 'analysis',
        client: CLIENTS[index % 3],
        user: `user-${index % 5}@${CLIENTS[index % 3]}.com`,
        profile: `profile_${index % 4}`,
        model: MODELS[index % 4],
        input_tokens: index % 7 === 0 ? 250_000 : 900 + index,
        output_tokens: 80 + day,
        duration_ms: 100 * (index % 13) + 0.5,
        cost_usd: index % 5 === 0 ? `0.0000000000${index}1` : undefined,
        status: index % 6 === 0 ? 'error' : 'ok',
      }),
    )
    writeFileSync(join(dir, `${date}.jsonl`), `${lines.join('\n')}\n`)
  }
}

const PRICES_FROM_NOON = `{"prices": [
  {"model": "house-model", "to": "2026-01-30T12:00:00Z", "input": "1", "output": "2"},
  {"model": "house-model", "from": "2026-01-30T12:00:00Z", "input": "2", "output": "4"}
]}`

const REPORTS: readonly (readonly string[])[] = [
  [],
  ['--client', 'diageo'],
  ['--model', 'gpt*', '--user', '!user-1*'],
  ['--group-by', 'week,client,user,model,provider'],
  ['--since', '2026-01-30', '--until', '2026-02-04'],
]

describe('reports over pruned days', () => {
  it('have the sums that they had before, in every section', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 120)
    const before = await sumsOfReports(dir)
    expect(await run(dir, PRUNE)).toMatchObject({ code: '0', stderr: '' })
    expect(await sumsOfReports(dir)).toEqual(before)
    expect((await report(dir)).ledger.summarized).toMatchObject({ days: 10, unusedBy: {} })
  })

  it('have them still after a second pruning has taken more of the same days', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 60)
    const before = await sumsOf(dir)
    await run(dir, ['log', 'prune', '--errors', '3d', '--yes'])
    await run(dir, ['log', 'prune', '--older-than', '2d', '--yes'])
    expect(await sumsOf(dir)).toEqual(before)
  })

  it('count nothing twice when the log of a summary is put back, and nothing less when it goes again', async () => {
    const { dir } = openLogFolder()
    const copy = openLogFolder()
    writeFortnight(dir, 30)
    const before = await sumsOf(dir)
    cpSync(dir, copy.dir, { recursive: true })
    await run(dir, PRUNE)
    cpSync(copy.dir, dir, { recursive: true })
    expect(await sumsOf(dir)).toEqual(before)
    await run(dir, ['log', 'prune', '--older-than', '5d', '--yes'])
    expect(await sumsOf(dir)).toEqual(before)
  })

  it('say what summaries cannot answer', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 120)
    await run(dir, PRUNE)
    const unusedBy = async (...words: string[]) => (await report(dir, ...words)).ledger.summarized?.unusedBy
    expect(await unusedBy('--group-by', 'hour')).toEqual({ cut: 720 })
    expect(await unusedBy('--timezone', 'Asia/Kolkata')).toEqual({ cut: 720 })
    expect(await unusedBy('--where', 'status=error')).toEqual({ fields: 764 })
    expect(await unusedBy('--dedupe', 'all')).toEqual({ ids: 764 })
    expect((await run(dir, ['report', '--group-by', 'hour', '--format', 'csv'])).stderr).toMatch(
      /^warning: 720 events of the range were pruned and are not in this report: the range/,
    )
  })

  it('say that pruned lines repeated an id, where ids may repeat, in the range that they are of', async () => {
    const { dir } = openLogFolder()
    const line = (event: string) => `${JSON.stringify({ timestamp: '2026-02-01T00:30:00Z', id: 'd', event })}\n`
    writeFileSync(join(dir, '2026-02-01.jsonl'), line('analysis') + line('error'))
    await run(
      dir,
      PRUNE.filter(word => word !== '--older-than' && word !== '7d'),
    )
    const unusedIn = async (...words: string[]) =>
      (await report(dir, '--dedupe', 'off', ...words)).ledger.summarized?.unusedBy
    expect(await unusedIn()).toEqual({ ids: 1 })
    expect(await unusedIn('--where', 'session=a')).toEqual({ fields: 1 })
    expect(await unusedIn('--since', '2026-02-05', '--until', '2026-02-08')).toBeUndefined()
    expect((await report(dir)).ledger.summarized).toBeUndefined()
  })

  it('have no event of a log whose name is of other days than the range, as before', async () => {
    const { dir } = openLogFolder()
    writeFileSync(
      join(dir, '2026-01-28.jsonl'),
      `${JSON.stringify({ timestamp: '2026-02-01T12:00:00Z', cost_usd: 1 })}\n`,
    )
    await run(dir, PRUNE)
    expect((await report(dir, '--since', '2026-02-01')).ledger.summarized).toBeUndefined()
    expect((await report(dir)).ledger.summarized).toMatchObject({ events: 1 })
  })

  it('say that sessions may have begun in days that were pruned', async () => {
    const { dir } = openLogFolder()
    const line = (timestamp: string, event: string) => `${JSON.stringify({ timestamp, event, user: 'anna' })}\n`
    writeFileSync(join(dir, '2026-02-01.jsonl'), line('2026-02-01T23:50:00Z', 'error'))
    writeFileSync(join(dir, '2026-02-02.jsonl'), line('2026-02-02T00:10:00Z', 'request'))
    const sessions = ['sessions', '--since', '2026-02-02']
    expect((await report(dir, ...sessions)).ledger.summarized).toBeUndefined()
    await run(dir, ['log', 'prune', '--errors', '3d', '--yes'])
    expect((await report(dir, ...sessions)).ledger.summarized?.unusedBy).toEqual({ beside: 1 })
    expect((await run(dir, ['report', ...sessions, '--format', 'csv'])).stderr).toBe(
      'warning: 1 event next to the range was pruned: a session that goes on there seems to begin or end within it.\n',
    )
    expect((await report(dir, 'sessions', '--since', '2026-02-04')).ledger.summarized).toBeUndefined()
  })

  it('say that events are listed without those that were pruned', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 12)
    await run(dir, PRUNE)
    const { stdout, stderr } = await run(dir, ['events', '--format', 'json', '--until', '2026-02-01'])
    expect(JSON.parse(stdout)).toMatchObject({
      total: 0,
      ledger: { summarized: { events: 0, unusedBy: { fields: 60 } } },
    })
    expect(stderr).toMatch(/^warning: 60 events of the range were pruned/)
  })

  it('say that prices have changed within a summarized day', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 120)
    await run(dir, PRUNE)
    writeFileSync(join(dir, 'prices.json'), PRICES_FROM_NOON)
    expect((await report(dir)).ledger.summarized?.unusedBy).toEqual({ prices: 120 })
  })

  it('have only what is left where no summaries are kept', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 24)
    await run(dir, [...PRUNE, '--no-keep-summaries'])
    expect((await report(dir)).ledger.summarized).toBeUndefined()
  })

  it('are incomplete where a summary was changed', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 24)
    await run(dir, PRUNE)
    const name = readdirSync(join(dir, '.summaries')).find(file => file.endsWith('.json'))!
    appendFileSync(join(dir, '.summaries', name), ' ')
    const outcome = await run(dir, ['report', '--format', 'csv'])
    expect(outcome.code).toBe('1')
    expect(outcome.stderr).toContain('was changed or cut off')
  })
})

describe('pruning that is killed', () => {
  it('leaves the sums of every report as they were', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 600)
    const before = await sumsOf(dir)
    for (let kill = 0; kill < 6; kill++) {
      const child = spawn(process.execPath, [PROGRAM, ...PRUNE, '--logs', dir], {
        env: { ...ENVIRONMENT, USAGEBOOK_NOW: kill < 4 ? '2026-02-10T08:00:00Z' : '2026-02-11T08:00:00Z' },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const ended = new Promise(tell => child.once('exit', tell))
      await new Promise(tell => child.stdout.once('data', tell))
      // At instants that spread over the work.
      await new Promise(tell => setTimeout(tell, 10 + kill * 40))
      child.kill('SIGKILL')
      await ended
      expect(await sumsOf(dir)).toEqual(before)
    }
    await run(dir, PRUNE)
    expect(await sumsOf(dir)).toEqual(before)
    expect(readdirSync(dir).filter(name => name.endsWith('.jsonl') && name < '2026-02-03')).toEqual([])
    expect(readFileSync(join(dir, '2026-02-10.jsonl'), 'utf8').split('\n')).toHaveLength(601)
  })
})

describe('a log that was pruned, beside a copy of what it was', () => {
  it('does not count an event again whose first line went', async () => {
    const { dir } = openLogFolder()
    const archive = openLogFolder().dir
    const line = (time: string, event: string) =>
      `${JSON.stringify({ timestamp: time, id: 'x', event, cost_usd: 1 })}\n`
    const text = line('2026-02-02T23:59:59Z', 'analysis') + line('2026-02-03T08:00:01Z', 'analysis')
    for (const folder of [dir, archive]) writeFileSync(join(folder, '2026-02-02.jsonl'), text)
    await run(dir, PRUNE)
    expect(readFileSync(join(dir, '2026-02-02.jsonl'), 'utf8')).toBe(line('2026-02-03T08:00:01Z', 'analysis'))
    const { ledger } = await report(dir, '--logs', archive)
    expect(ledger).toMatchObject({ read: 3, used: 1 })
  })
})
