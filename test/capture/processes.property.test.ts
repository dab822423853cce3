import { type ChildProcess, fork, type Serializable, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { triesOf } from '../support/tries.ts'
import { type LoggedEvent, linesOf, openLogFolder } from './log-folder.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/usagebook.js')
const WRITER = join(import.meta.dirname, 'write-events.mjs')
/** Of each process, while the others write too. */
const EVENTS = triesOf(4000, 12_500, 50_000)

function startWriter(dir: string, name: string, count: number, ending = ''): ChildProcess {
  return fork(WRITER, [dir, name, String(count), ending], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.once('exit', resolve))
}

function said(child: ChildProcess): Promise<Serializable> {
  return new Promise(resolve => child.once('message', resolve))
}

interface Ledger {
  read: number
  used: number
  rejected: number
  duplicate: number
  rejectedBy: Record<string, number>
}

/** The ledger of a report over what is there by now. */
async function reportLedger(dir: string): Promise<Ledger> {
  const argv = [PROGRAM, '--logs', dir, '--format', 'json', '--no-cache', '--section', 'summary']
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  for await (const bytes of child.stdout) text += bytes
  // The first of them may come before the first event.
  return text === '' ? { read: 0, used: 0, rejected: 0, duplicate: 0, rejectedBy: {} } : JSON.parse(text).ledger
}

describe('several processes', () => {
  it(`write ${EVENTS} events each into one folder while reports are made, and no line is torn, lost or counted twice`, async () => {
    const folder = openLogFolder()
    const names = ['api-1', 'api-2', 'api-3', 'api-4', 'job-1', 'job-2', 'job-3', 'job-4']
    let isWriting = true
    const writers = Promise.all(names.map(name => ended(startWriter(folder.dir, name, EVENTS)))).finally(() => {
      isWriting = false
    })
    const during: Ledger[] = []
    while (isWriting) during.push(await reportLedger(folder.dir))
    expect(await writers).toEqual(names.map(() => 0))
    const all = names.length * EVENTS
    const ids = new Set(folder.events().map(event => event.id))
    expect(ids.size).toBe(all)
    expect(linesOf(folder.text())).toHaveLength(all)
    expect(during.length).toBeGreaterThan(0)
    const wrong = during.filter(({ read, used, rejected, rejectedBy }) => {
      // A line of a batch that is just being copied may be cut off, at the very end.
      const isCutOff = rejected === 1 && rejectedBy.truncated === 1
      return read !== used + rejected || !(rejected === 0 || isCutOff)
    })
    expect(wrong).toEqual([])
    const last = await reportLedger(folder.dir)
    expect(last).toMatchObject({ read: all, used: all, rejected: 0, duplicate: 0, complete: true })
  })

  it('leave whole lines and a beginning without gaps when they are killed', async () => {
    const folder = openLogFolder()
    const names = ['api-1', 'api-2', 'api-3', 'api-4', 'api-5', 'api-6']
    for (const name of names) {
      const child = startWriter(folder.dir, name, 10_000_000, 'slow')
      await said(child)
      const end = ended(child)
      child.kill('SIGKILL')
      await end
    }
    const [whole, pieces] = wholeAndPieces(folder.text())
    // A system that kills may end a write at the border of two pages. The piece stands in a line of its own.
    expect(pieces.length).toBeLessThanOrEqual(names.length)
    const ids = whole.map(event => String(event.id))
    const expected = names.flatMap(name => ids.filter(id => id.startsWith(name)).map((_, index) => `${name}-${index}`))
    expect(ids).toEqual(expected)
  })
})

function wholeAndPieces(text: string): [LoggedEvent[], string[]] {
  const pieces: string[] = []
  const whole = linesOf(text).flatMap(line => {
    try {
      return [JSON.parse(line) as LoggedEvent]
    } catch {
      pieces.push(line)
      return []
    }
  })
  return [whole, pieces]
}

describe('the end of a process', () => {
  it('writes what is in memory when the process is done', async () => {
    const folder = openLogFolder()
    expect(await ended(startWriter(folder.dir, 'api', 10_500))).toBe(0)
    expect(folder.events()).toHaveLength(10_500)
  })

  it('writes what is in memory on process.exit, also beside a write that has begun', async () => {
    const folder = openLogFolder()
    expect(await ended(startWriter(folder.dir, 'api', 10_500, 'exit'))).toBe(0)
    expect(folder.events()).toHaveLength(10_500)
  })

  it('writes what is in memory when an error ends the process', async () => {
    const folder = openLogFolder()
    expect(await ended(startWriter(folder.dir, 'api', 10_500, 'throw'))).toBe(1)
    expect(folder.events()).toHaveLength(10_500)
  })
})
