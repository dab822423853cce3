import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/usagebook.js')
const ENVIRONMENT = { ...process.env, USAGEBOOK_NOW: '2026-02-10T08:00:00Z', TZ: 'UTC', NO_COLOR: '1' }
const PRUNE = ['log', 'prune', '--older-than', '7d', '--errors', '3d', '--yes']

interface UsageDocument {
  readonly ledger: {
    readonly read: number
    readonly used: number
    readonly summarized?: { readonly events: number; readonly days: number; readonly unusedBy: object }
  }
  readonly problems: unknown
}

function run(dir: string, words: readonly string[]): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...words, '--logs', dir], {
    env: ENVIRONMENT,
    cwd: dir,
    encoding: 'utf8',
  })
  return { stdout, stderr, status }
}

function report(dir: string, ...words: string[]): UsageDocument {
  return JSON.parse(run(dir, ['report', '--format', 'json', ...words]).stdout) as UsageDocument
}

/** All sections, without what says where they come from. */
function sumsOf(dir: string, ...words: string[]): object {
  const { ledger: _ledger, problems: _problems, ...sums } = report(dir, ...words)
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
  it('have the sums that they had before, in every section', () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 120)
    const before = REPORTS.map(words => sumsOf(dir, ...words))
    expect(run(dir, PRUNE)).toMatchObject({ status: 0, stderr: '' })
    expect(REPORTS.map(words => sumsOf(dir, ...words))).toEqual(before)
    expect(report(dir).ledger.summarized).toMatchObject({ days: 10, unusedBy: {} })
  })

  it('have them still after a second pruning has taken more of the same days', () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 60)
    const before = sumsOf(dir)
    run(dir, ['log', 'prune', '--errors', '3d', '--yes'])
    run(dir, ['log', 'prune', '--older-than', '2d', '--yes'])
    expect(sumsOf(dir)).toEqual(before)
  })

  it('count nothing twice when the log of a summary is put back, and nothing less when it goes again', () => {
    const { dir } = openLogFolder()
    const copy = openLogFolder()
    writeFortnight(dir, 30)
    const before = sumsOf(dir)
    cpSync(dir, copy.dir, { recursive: true })
    run(dir, PRUNE)
    cpSync(copy.dir, dir, { recursive: true })
    expect(sumsOf(dir)).toEqual(before)
    run(dir, ['log', 'prune', '--older-than', '5d', '--yes'])
    expect(sumsOf(dir)).toEqual(before)
  })

  it('say what summaries cannot answer', () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 120)
    run(dir, PRUNE)
    const unusedBy = (...words: string[]) => report(dir, ...words).ledger.summarized?.unusedBy
    expect(unusedBy('--group-by', 'hour')).toEqual({ cut: 720 })
    expect(unusedBy('--timezone', 'Asia/Kolkata')).toEqual({ cut: 720 })
    expect(unusedBy('--where', 'status=error')).toEqual({ fields: 764 })
    expect(unusedBy('--dedupe', 'all')).toEqual({ ids: 764 })
    expect(run(dir, ['report', '--group-by', 'hour', '--format', 'csv']).stderr).toMatch(
      /^warning: 720 events of the range were pruned and are not in this report: a border/,
    )
  })

  it('say that prices have changed within a summarized day', () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 120)
    run(dir, PRUNE)
    writeFileSync(join(dir, 'prices.json'), PRICES_FROM_NOON)
    expect(report(dir).ledger.summarized?.unusedBy).toEqual({ prices: 120 })
  })

  it('have only what is left where no summaries are kept', () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 24)
    run(dir, [...PRUNE, '--no-keep-summaries'])
    expect(report(dir).ledger.summarized).toBeUndefined()
  })

  it('are incomplete where a summary was changed', () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 24)
    run(dir, PRUNE)
    const name = readdirSync(join(dir, '.summaries'))[0]!
    appendFileSync(join(dir, '.summaries', name), ' ')
    const outcome = run(dir, ['report', '--format', 'csv'])
    expect(outcome.status).toBe(1)
    expect(outcome.stderr).toContain('was changed or cut off')
  })
})

describe('pruning that is killed', () => {
  it('leaves the sums of every report as they were', async () => {
    const { dir } = openLogFolder()
    writeFortnight(dir, 600)
    const before = sumsOf(dir)
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
      expect(sumsOf(dir)).toEqual(before)
    }
    run(dir, PRUNE)
    expect(sumsOf(dir)).toEqual(before)
    expect(readdirSync(dir).filter(name => name.endsWith('.jsonl') && name < '2026-02-03')).toEqual([])
    expect(readFileSync(join(dir, '2026-02-10.jsonl'), 'utf8').split('\n')).toHaveLength(601)
  })
})
