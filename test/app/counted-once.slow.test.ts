// What was counted once stays counted once, whatever is pruned, put back or named again.
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'
import type { Ran } from '../golden-case.ts'
import { runInProcess } from '../support/run-in-process.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: '2026-03-12T08:00:00Z', TZ: 'UTC', NO_COLOR: '1' }

class Workspace {
  readonly root = openLogFolder().dir
  readonly logs = join(this.root, 'usage_logs')

  constructor() {
    mkdirSync(this.logs)
  }

  write(name: string, ...events: readonly object[]): string {
    const path = join(this.logs, name)
    writeFileSync(path, events.map(event => `${JSON.stringify(event)}\n`).join(''))
    return path
  }

  async run(...words: readonly string[]): Promise<Ran> {
    return await runInProcess(words, this.root, { ...ENVIRONMENT, XDG_CACHE_HOME: join(this.root, 'cache') }, undefined)
  }

  async prune(...words: readonly string[]): Promise<void> {
    expect(await this.run('log', 'prune', '--yes', ...words)).toMatchObject({ code: '0', stderr: '' })
  }

  /** Dollars and events of a report. */
  async total(...words: readonly string[]): Promise<[cost: number, analyses: number]> {
    const { stdout } = await this.run('report', '--format', 'json', '--section', 'summary', ...words)
    const { summary } = JSON.parse(stdout) as { summary: { costUsd: number; analyses: number } }
    return [summary.costUsd, summary.analyses]
  }
}

const LATE = { timestamp: '2026-03-05T23:59:59Z', id: 'x', cost_usd: 1 }
const EARLY = { timestamp: '2026-03-06T00:00:01Z', id: 'x', cost_usd: 1 }

describe('an id that was pruned', () => {
  it('does not count again where a later day repeats it', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', LATE, EARLY)
    expect(await workspace.total()).toEqual([1, 1])
    await workspace.prune('--older-than', '6d')
    expect(readFileSync(join(workspace.logs, '2026-03-05.jsonl'), 'utf8')).toContain('2026-03-06')
    expect(await workspace.total()).toEqual([1, 1])
    expect(await workspace.total('--no-cache')).toEqual([1, 1])
    await workspace.prune('--older-than', '5d')
    expect(await workspace.total()).toEqual([1, 1])
  })

  it('does not count again where another kind repeats it', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', { ...LATE, event: 'error' }, { ...LATE, event: 'request' })
    expect(await workspace.total()).toEqual([1, 1])
    await workspace.prune('--errors', '1d')
    expect(await workspace.total()).toEqual([1, 1])
    await workspace.prune('--older-than', '1d')
    expect(await workspace.total()).toEqual([1, 1])
  })

  it('is not summed where a line that stays had it first', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', EARLY, LATE)
    await workspace.prune('--older-than', '6d')
    expect(await workspace.total()).toEqual([1, 1])
    await workspace.prune('--older-than', '5d')
    expect(await workspace.total()).toEqual([1, 1])
  })

  it('does not count again in a log that was deleted and is written anew', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', LATE)
    await workspace.prune('--older-than', '3d')
    workspace.write('2026-03-05.jsonl', EARLY, { ...EARLY, id: 'y' })
    expect(await workspace.total()).toEqual([2, 2])
    const { stdout } = await workspace.run('events', '--format', 'json')
    expect((JSON.parse(stdout) as { events: { id: string }[] }).events.map(({ id }) => id)).toEqual(['y'])
  })

  it('counts once across files and in parts of each where everything is to count once, or not at all', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', LATE, EARLY)
    workspace.write('2026-03-07.jsonl', { ...EARLY, timestamp: '2026-03-07T10:00:00Z' })
    await workspace.prune('--older-than', '6d')
    // What the summary has cannot be told from what the others repeat: it is left out, and said to be.
    expect(await workspace.total('--dedupe', 'all')).toEqual([0, 0])
    expect(await workspace.total('--dedupe', 'off')).toEqual([3, 3])
  })

  it('stays counted where no sums are kept', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', LATE, EARLY)
    await workspace.prune('--older-than', '6d', '--no-keep-summaries')
    expect(await workspace.total()).toEqual([0, 0])
  })

  it('is told where its fingerprints are lost', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-05.jsonl', LATE, EARLY)
    await workspace.prune('--older-than', '6d')
    const folder = join(workspace.logs, '.summaries')
    rmSync(join(folder, readdirSync(folder).find(name => name.endsWith('.ids'))!))
    const ran = await workspace.run('report')
    expect(ran.code).toBe('1')
    expect(ran.stderr + ran.stdout).toContain('has lost the ids')
  })
})

const DAY = [
  { timestamp: '2026-03-01T09:00:00Z', cost_usd: 1, user: 'anna@diageo.com' },
  { timestamp: '2026-03-01T10:00:00Z', cost_usd: 2, user: 'ben@diageo.com' },
  { timestamp: '2026-03-01T11:00:00Z', cost_usd: 4, event: 'error', user: 'ben@diageo.com' },
]

describe('sums of what was pruned', () => {
  it('count once where the folder is named again through a link', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-01.jsonl', ...DAY)
    await workspace.prune('--older-than', '3d')
    symlinkSync('usage_logs', join(workspace.root, 'again'))
    mkdirSync(join(workspace.root, 'all'))
    symlinkSync('../usage_logs', join(workspace.root, 'all', 'logs'))
    expect(await workspace.total()).toEqual([7, 3])
    expect(await workspace.total('--logs', 'usage_logs', '--logs', 'again')).toEqual([7, 3])
    expect(await workspace.total('--logs', 'usage_logs', '--logs', 'all')).toEqual([7, 3])
  })

  it.each(['.gz', ''])('count once where the log is put back as .jsonl%s', async packing => {
    const workspace = new Workspace()
    const path = workspace.write('2026-03-01.jsonl', ...DAY)
    const text = readFileSync(path)
    await workspace.prune('--errors', '3d')
    await workspace.prune('--older-than', '3d')
    writeFileSync(`${path}${packing}`, packing === '' ? text : gzipSync(text))
    expect(await workspace.total()).toEqual([7, 3])
    await workspace.prune('--older-than', '3d')
    expect(await workspace.total()).toEqual([7, 3])
  })

  it('count once where the log is put back as it was between two prunes', async () => {
    const workspace = new Workspace()
    const path = workspace.write('2026-03-01.jsonl', ...DAY)
    await workspace.prune('--errors', '3d')
    const text = readFileSync(path)
    await workspace.prune('--older-than', '3d')
    writeFileSync(path, text)
    expect(await workspace.total()).toEqual([7, 3])
  })

  it.each(['as they are', 'packed'])('count once beside the archives, %s', async how => {
    const workspace = new Workspace()
    workspace.write('2026-03-01.jsonl', ...DAY)
    await workspace.prune('--errors', '3d', '--archive', 'old')
    await workspace.prune('--older-than', '3d', '--archive', 'old')
    const archive = join(workspace.root, 'old')
    for (const name of how === 'packed' ? readdirSync(archive) : []) {
      writeFileSync(join(archive, `${name}.gz`), gzipSync(readFileSync(join(archive, name))))
      rmSync(join(archive, name))
    }
    expect(await workspace.total('--logs', 'usage_logs', '--logs', 'old')).toEqual([7, 3])
    expect(await workspace.total('--logs', 'old')).toEqual([7, 3])
    expect(await workspace.total()).toEqual([7, 3])
  })

  it('are left out with a word where only a part of the log is back', async () => {
    const workspace = new Workspace()
    const path = workspace.write('2026-03-01.jsonl', ...DAY)
    await workspace.prune('--older-than', '3d')
    workspace.write('2026-03-01.jsonl', DAY[0]!)
    const ran = await workspace.run('report')
    expect(ran.code).toBe('1')
    expect(ran.stdout + ran.stderr).toContain(`${path} has lines again that were pruned`)
  })

  it('stay where a log of another folder only begins alike', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-01.jsonl', ...DAY)
    await workspace.prune('--older-than', '3d')
    mkdirSync(join(workspace.logs, 'other'))
    workspace.write('other/2026-03-01.jsonl', DAY[0]!, DAY[0]!)
    expect(await workspace.total()).toEqual([9, 5])
  })

  it('count a profile once whose versions are joined', async () => {
    const workspace = new Workspace()
    const event = { cost_usd: 1, client: 'diageo' }
    workspace.write('2026-03-01.jsonl', { ...event, timestamp: '2026-03-01T09:00:00Z', profile: 'brand_check' })
    workspace.write('2026-03-11.jsonl', { ...event, timestamp: '2026-03-11T09:00:00Z', profile: 'brand_check_v2' })
    const { stdout: before } = await workspace.run('report', '--family', '--format', 'csv', '--section', 'profiles')
    await workspace.prune('--older-than', '3d')
    const { stdout } = await workspace.run('report', '--family', '--format', 'csv', '--section', 'profiles')
    expect(stdout).toBe(before)
    const { stdout: json } = await workspace.run('report', '--family', '--format', 'json')
    expect((JSON.parse(json) as { summary: { profiles: number } }).summary.profiles).toBe(1)
  })
})

describe('pruning', () => {
  it('rewrites a log where it lies, and a link stays a link', async () => {
    const workspace = new Workspace()
    const real = join(workspace.root, 'disk.jsonl')
    const link = join(workspace.logs, '2026-03-01.jsonl')
    const whole = workspace.write('2026-03-02.jsonl', { ...DAY[0], timestamp: '2026-03-02T09:00:00Z' })
    renameSync(whole, join(workspace.root, 'whole.jsonl'))
    symlinkSync('../whole.jsonl', whole)
    writeFileSync(real, DAY.map(event => `${JSON.stringify(event)}\n`).join(''))
    symlinkSync('../disk.jsonl', link)
    await workspace.prune('--errors', '3d')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(real, 'utf8').split('\n')).toHaveLength(3)
    expect(await workspace.total()).toEqual([8, 4])
    await workspace.prune('--older-than', '3d')
    expect(existsSync(whole)).toBe(true)
    expect(await workspace.total()).toEqual([8, 4])
  })

  it('leaves owner, group and rights as they were', async () => {
    const workspace = new Workspace()
    const path = workspace.write('2026-03-01.jsonl', ...DAY)
    const isRoot = process.getuid?.() === 0
    execFileSync('chmod', ['0660', path])
    if (isRoot) execFileSync('chown', ['1234:4321', path])
    const before = lstatSync(path)
    await workspace.prune('--errors', '3d')
    const after = lstatSync(path)
    expect([after.uid, after.gid, after.mode]).toEqual([before.uid, before.gid, before.mode])
    expect(after.ino).not.toBe(before.ino)
  })

  it('goes on with the other logs where one is cut off', async () => {
    const workspace = new Workspace()
    const packed = gzipSync(DAY.map(event => `${JSON.stringify(event)}\n`).join(''))
    writeFileSync(join(workspace.logs, '2026-02-28.jsonl.gz'), packed.subarray(0, packed.length - 12))
    const path = workspace.write('2026-03-01.jsonl', ...DAY)
    const ran = await workspace.run('log', 'prune', '--yes', '--older-than', '3d')
    expect(ran.code).toBe('1')
    expect(ran.stderr).toContain('2026-02-28.jsonl.gz cannot be read to its end')
    expect(existsSync(path)).toBe(false)
    expect(existsSync(join(workspace.logs, '2026-02-28.jsonl.gz'))).toBe(true)
  })

  it('keeps the sums of a folder that is copied with its logs', async () => {
    const workspace = new Workspace()
    workspace.write('2026-03-01.jsonl', ...DAY)
    await workspace.prune('--errors', '3d')
    cpSync(workspace.logs, join(workspace.root, 'copy'), { recursive: true })
    copyFileSync(join(workspace.logs, '2026-03-01.jsonl'), join(workspace.root, 'other.jsonl'))
    expect(await workspace.total('--logs', 'copy')).toEqual([7, 3])
  })
})
