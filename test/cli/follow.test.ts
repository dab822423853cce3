// `events --follow` on the built program: what is appended is shown, whatever happens to the files meanwhile.
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../support/logs.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'usagebook.js')

function lineOf(user: string, second: number): string {
  return `${JSON.stringify({ timestamp: `2026-02-02T10:00:${String(second).padStart(2, '0')}Z`, user })}\n`
}

/** Follows a folder, and waits for users to be shown. */
class Follower {
  private readonly child: ChildProcess
  private shown = ''
  private wake: () => void = () => undefined

  constructor(folder: string, ...flags: string[]) {
    const words = [PROGRAM, 'events', '--follow', '--logs', folder, '--format', 'jsonl', '--timezone', 'UTC', ...flags]
    this.child = spawn(process.execPath, words)
    this.child.stdout!.on('data', chunk => {
      this.shown += chunk
      this.wake()
    })
    this.child.stderr!.on('data', chunk => {
      this.shown += chunk
      this.wake()
    })
    onTestFinished(() => {
      this.child.kill()
    })
  }

  async until(text: string): Promise<void> {
    while (!this.shown.includes(text)) {
      await new Promise<void>(resolve => {
        this.wake = resolve
      })
    }
  }

  get users(): string[] {
    return this.shown
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => (JSON.parse(line) as { user: string }).user)
  }
}

test('appended lines, a new day, a rotated and a truncated file are all shown once', async () => {
  const folder = makeFolder({ '2026-02-02.jsonl': lineOf('old@diageo.com', 0) })
  const today = join(folder, '2026-02-02.jsonl')
  const follower = new Follower(folder)
  await follower.until('watching')

  appendFileSync(today, lineOf('anna@diageo.com', 1))
  await follower.until('anna@')
  const half = lineOf('ben@diageo.com', 2)
  appendFileSync(today, half.slice(0, 20))
  appendFileSync(today, half.slice(20))
  await follower.until('ben@')
  writeFileSync(join(folder, '2026-02-03.jsonl'), lineOf('chloe@diageo.com', 3))
  await follower.until('chloe@')
  renameSync(today, join(folder, '2026-02-02.1.jsonl'))
  writeFileSync(today, lineOf('dora@diageo.com', 4))
  await follower.until('dora@')
  truncateSync(today)
  appendFileSync(join(folder, '2026-02-03.jsonl'), lineOf('emil@unilever.com', 5))
  await follower.until('emil@')
  appendFileSync(today, lineOf('farah@unilever.com', 6))
  await follower.until('farah@')
  expect(follower.users).toEqual([
    'anna@diageo.com',
    'ben@diageo.com',
    'chloe@diageo.com',
    'dora@diageo.com',
    'emil@unilever.com',
    'farah@unilever.com',
  ])
})

test('a line that is rejected is told of', async () => {
  const folder = makeFolder({ '2026-02-02.jsonl': lineOf('old@diageo.com', 0) })
  const follower = new Follower(folder)
  await follower.until('watching')
  appendFileSync(join(folder, '2026-02-02.jsonl'), `no \u001b[2Jjson\n${lineOf('anna@diageo.com', 1)}`)
  await follower.until('rejected from 2026-02-02.jsonl, not-json: no ')
  await follower.until('anna@')
  expect(follower.users).toEqual(['anna@diageo.com'])
})
