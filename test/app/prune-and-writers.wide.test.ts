// Logs that are written to while they are pruned, or a person is taken out of them: every line that was logged is in the
// logs or in the summaries, once.
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LineAppender } from '../../src/capture/append-lines.ts'
import { type LogFolder, linesOf, openLogFolder } from '../capture/log-folder.ts'
import { triesOf } from '../support/tries.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/usagebook.js')
const WRITER = resolve(import.meta.dirname, '../capture/write-old-events.mjs')
const PRUNE = ['log', 'prune', '--errors', '7d', '--yes', '--logs']
const FORGET = ['log', 'forget', '--user', 'anna@diageo.com', '--yes', '--logs']
const ENVIRONMENT = { ...process.env, USAGEBOOK_NOW: '2026-03-12T08:00:00Z' }
const STAYS = '{"timestamp":"2026-03-01T09:00:00Z","client":"diageo"}\n'
const GOES = '{"timestamp":"2026-03-01T09:00:00Z","event":"error"}\n'
const LATE = '{"timestamp":"2026-03-01T10:00:00Z","client":"late"}\n'

function run(words: readonly string[], dir: string): void {
  execFileSync(process.execPath, [PROGRAM, ...words, dir], { env: ENVIRONMENT, stdio: 'pipe' })
}

function prune(dir: string): void {
  run(PRUNE, dir)
}

function start(words: readonly string[], dir: string): ChildProcess {
  const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const
  return spawn(process.execPath, [PROGRAM, ...words, dir], { env: ENVIRONMENT, stdio: [...stdio] })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(tell => child.once('exit', tell))
}

function openLog(text: string): { folder: LogFolder; path: string } {
  const folder = openLogFolder()
  const path = join(folder.dir, '2026-03-01.jsonl')
  writeFileSync(path, text)
  return { folder, path }
}

function logText(dir: string): string {
  const names = readdirSync(dir).filter(name => name.endsWith('.jsonl') && !name.startsWith('.'))
  return names.map(name => readFileSync(join(dir, name), 'utf8')).join('')
}

describe('a writer between opening and writing', () => {
  it.each([
    ['rewritten', STAYS + GOES, STAYS],
    ['deleted', GOES, ''],
  ])('has its line in the new log where the log is %s meanwhile', async (_, before, left) => {
    const { folder, path } = openLog(before)
    const appender = new LineAppender(0, { file: 0o600, folder: 0o700 })
    const lines = { bytes: Buffer.from(LATE), torn: 0 }
    const result = await appender.append(path, lines, () => prune(folder.dir))
    await appender.close()
    expect(result.left).toBeUndefined()
    expect(logText(folder.dir)).toBe(left + LATE)
    prune(folder.dir)
    expect(logText(folder.dir)).toBe(left + LATE)
    expect(folder.names().filter(name => name !== '.summaries')).toEqual(['2026-03-01.jsonl'])
  })

  it('has its line in a new log where the log is deleted by hand', async () => {
    const { folder, path } = openLog(STAYS)
    const appender = new LineAppender(0, { file: 0o600, folder: 0o700 })
    let isDeleted = false
    const deleteOnce = () => {
      if (!isDeleted) rmSync(path)
      isDeleted = true
    }
    await appender.append(path, { bytes: Buffer.from(LATE), torn: 0 }, deleteOnce)
    await appender.close()
    expect(logText(folder.dir)).toBe(LATE)
  })

  it('has its line moved by the next prune where it cannot move it itself', () => {
    const { folder } = openLog(STAYS + GOES)
    // A shell that has the log open appends when it is told to.
    const shell = spawn('sh', ['-c', 'exec >>2026-03-01.jsonl; echo ready >&2; read line; echo "$line"'], {
      cwd: folder.dir,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    return new Promise<void>((done, fail) => {
      shell.on('error', fail)
      shell.stderr.once('data', () => {
        prune(folder.dir)
        shell.once('exit', () => {
          prune(folder.dir)
          expect(logText(folder.dir)).toBe(STAYS + LATE)
          done()
        })
        shell.stdin.end(LATE)
      })
    })
  })
})

describe('two prunes', () => {
  it('do not work at once: the second says so', () => {
    const { folder } = openLog(STAYS + GOES)
    const start = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
    symlinkSync(`${process.pid}:${start}:${boot}:token:${hostname()}`, join(folder.dir, '.prune.lock'))
    expect(() => prune(folder.dir)).toThrow(/Another process is rewriting the logs/)
    expect(statSync(join(folder.dir, '2026-03-01.jsonl')).size).toBe((STAYS + GOES).length)
  })
})

const EVENTS = triesOf(2000, 6000, 30_000)

// What goes in either way are Anna's lines, which are errors, and what stays are Ben's.
describe.each([
  ['prunes', PRUNE, PRUNE],
  ['runs that forget a person', FORGET, FORGET],
  ['a prune and a run that forgets a person', PRUNE, FORGET],
])('%s that are killed, at once, and again, while others write and are stopped', (_, first, second) => {
  it('lose no line and count none twice', async () => {
    const folder = openLogFolder()
    const names = ['api-1', 'api-2']
    const writers = names.map(name =>
      fork(WRITER, [folder.dir, name, String(EVENTS)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    )
    const allEnded = Promise.all(writers.map(ended))
    let isWriting = true
    allEnded.finally(() => {
      isWriting = false
    })
    await Promise.all(writers.map(writer => new Promise(tell => writer.once('message', tell))))
    for (let round = 0; isWriting && round < EVENTS / 500; round++) {
      const stopped = writers[round % 2]!
      const both = [start(first, folder.dir), start(second, folder.dir)]
      await new Promise(tell => setTimeout(tell, 150 + (round % 12) * 25))
      stopped.kill('SIGSTOP')
      if (round % 3 > 0) both[round % 2]!.kill('SIGKILL')
      await Promise.all(both.map(child => (child.exitCode === null && child.signalCode === null ? ended(child) : 0)))
      stopped.kill('SIGCONT')
    }
    expect(await allEnded).toEqual([0, 0])
    run(second, folder.dir)
    const ids = linesOf(logText(folder.dir)).map(line => (JSON.parse(line) as { id: string }).id)
    const wanted = names.flatMap(name => Array.from({ length: EVENTS / 2 }, (_, index) => `${name}-${index * 2}`))
    expect(ids.toSorted()).toEqual(wanted.toSorted())
    expect(errorsSummed(folder.dir)).toBe(EVENTS)
    expect(folder.names().filter(name => name.startsWith('.') && name !== '.summaries')).toEqual([])
    if (second === FORGET) expect(allText(folder.dir)).not.toContain('anna')
  })
})

const KILLS = triesOf(1, 3, 60)

describe('a run that forgets a person and is killed while somebody writes', () => {
  it('is finished by the next, each time: others have all their lines, and the person none', async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const { dir } = openLogFolder()
      const writer = fork(WRITER, [dir, 'api-1', '2000'])
      const writerEnded = ended(writer)
      await new Promise(tell => writer.once('message', tell))
      const killed = start(FORGET, dir)
      const killedEnded = ended(killed)
      // From its first steps to the waiting for the writer.
      await new Promise(tell => setTimeout(tell, 120 + (kill * 400) / KILLS))
      killed.kill('SIGKILL')
      await killedEnded
      expect(await writerEnded).toBe(0)
      run(FORGET, dir)
      const ids = linesOf(logText(dir)).map(line => (JSON.parse(line) as { id: string }).id)
      const wanted = Array.from({ length: 1000 }, (_, index) => `api-1-${index * 2}`)
      expect([kill, ids.toSorted()]).toEqual([kill, wanted.toSorted()])
      expect([kill, errorsSummed(dir)]).toEqual([kill, 1000])
      expect(allText(dir)).not.toContain('anna')
    }
  })
})

/** Of everything in the folder, hidden files too. */
function allText(dir: string): string {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return entries.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n')
}

function errorsSummed(dir: string): number {
  const folder = join(dir, '.summaries')
  const kinds = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .flatMap(name => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { kinds: KindCount[] }).kinds)
  return kinds.reduce((sum, { events }) => sum + events, 0)
}

interface KindCount {
  readonly events: number
}
