import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type PruneRequest, planPrune, runPrune } from '../../../src/app/log/prune-logs.ts'
import { type Instant, UTC } from '../../../src/base/zone.ts'
import { NATIVE_FORMAT } from '../../../src/event/source-format.ts'
import { linesOf, openLogFolder } from '../../capture/log-folder.ts'
import { triesOf } from '../../support/tries.ts'

const PROGRAM = resolve(import.meta.dirname, '../../../bin/usagebook.js')
const NOW = Date.parse('2026-02-10T08:00:00Z') as Instant

function requestFor(dir: string): PruneRequest {
  return {
    places: [{ path: dir, format: null }],
    cwd: dir,
    formatOf: () => NATIVE_FORMAT,
    retention: { daysOf: new Map([['error', 1]]), otherDays: 7 },
    zone: UTC,
    logZone: UTC,
    now: NOW,
    archive: undefined,
    summaryRoot: null,
    owner: { hostName: 'here', processId: process.pid },
  }
}

function writeDay(dir: string, day: string, events: readonly string[]): void {
  writeFileSync(join(dir, `${day}.jsonl`), events.map(event => `{"timestamp":"${day}T09:00:00Z",${event}}\n`).join(''))
}

describe('pruning', () => {
  it('plans without changing anything, and does what was planned', async () => {
    const folder = openLogFolder()
    writeDay(folder.dir, '2026-02-01', ['"client":"diageo"', '"event":"error"'])
    writeDay(folder.dir, '2026-02-05', ['"client":"diageo"', '"event":"error"'])
    writeDay(folder.dir, '2026-02-08', ['"client":"diageo"'])
    const before = folder.text()
    const plan = await planPrune(requestFor(folder.dir))
    expect(plan.files.map(({ file, kept, removed }) => [file.name, kept, removed])).toEqual([
      ['2026-02-01.jsonl', 0, 2],
      ['2026-02-05.jsonl', 1, 1],
    ])
    expect(folder.text()).toBe(before)
    expect(await runPrune(plan, requestFor(folder.dir))).toEqual({ removed: 3, stillOpen: [], failures: [] })
    expect(folder.names()).toEqual(['2026-02-05.jsonl', '2026-02-08.jsonl'])
    expect(folder.events().map(event => event.client)).toEqual(['diageo', 'diageo'])
  })

  it('never touches the file of today, nor one of yesterday that is still written to', async () => {
    const folder = openLogFolder()
    const old = '{"timestamp":"2020-01-01T00:00:00Z"}\n'
    for (const name of ['2026-02-10.jsonl', '2026-02-09.jsonl', 'app.jsonl']) writeFileSync(join(folder.dir, name), old)
    expect((await planPrune(requestFor(folder.dir))).files).toEqual([])
  })

  it('says which packed logs it must leave', async () => {
    const folder = openLogFolder()
    writeFileSync(join(folder.dir, '2026-01-01.jsonl.br'), '')
    expect((await planPrune(requestFor(folder.dir))).left.map(file => file.name)).toEqual(['2026-01-01.jsonl.br'])
  })
})

describe('pruning that is killed', () => {
  it('has never lost an event that was to stay, and can be finished', async () => {
    const folder = openLogFolder()
    const days = Array.from({ length: 8 }, (_, index) => `2026-01-${String(10 + index)}`)
    const staying: string[] = []
    for (const day of days) {
      const events = Array.from({ length: 3000 }, (_, index) => `"id":"${day}-${index}","event":"${kindOf(index)}"`)
      writeDay(folder.dir, day, events)
      staying.push(...events.filter((_, index) => kindOf(index) === 'analysis').map((_, n) => `${day}-${n * 2}`))
    }
    for (let kill = 0; kill < 12; kill += triesOf(4, 1, 1)) {
      const child = startPrune(folder.dir)
      // Beginning with the listing, at instants that spread over the rewriting of eight files.
      await new Promise(tell => child.stdout!.once('data', tell))
      await new Promise(tell => setTimeout(tell, kill * 3))
      const ended = new Promise(tell => child.once('exit', tell))
      child.kill('SIGKILL')
      await ended
      expect(stayingIn(folder.dir)).toEqual(staying)
    }
    const last = startPrune(folder.dir)
    await new Promise(tell => last.once('exit', tell))
    expect(
      linesOf(
        folder
          .names()
          .filter(isLog)
          .map(name => readFileSync(join(folder.dir, name), 'utf8'))
          .join(''),
      ),
    ).toHaveLength(staying.length)
    expect(stayingIn(folder.dir)).toEqual(staying)
  })
})

function kindOf(index: number): string {
  return index % 2 === 0 ? 'analysis' : 'error'
}

function startPrune(dir: string): ChildProcess {
  return spawn(process.execPath, [PROGRAM, 'log', 'prune', '--errors', '7d', '--yes', '--logs', dir], {
    env: { ...process.env, USAGEBOOK_NOW: '2026-02-10T08:00:00Z' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function isLog(name: string): boolean {
  return name.endsWith('.jsonl') && !name.startsWith('.')
}

function stayingIn(dir: string): string[] {
  const lines = readdirSync(dir)
    .filter(isLog)
    .sort()
    .flatMap(name => linesOf(readFileSync(join(dir, name), 'utf8')))
  return lines
    .map(line => JSON.parse(line) as { id: string; event: string })
    .filter(event => event.event === 'analysis')
    .map(event => event.id)
}
