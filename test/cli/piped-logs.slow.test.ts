// Logs that come through a pipe of the shell, without --logs.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const PROGRAM = `${process.execPath} ${resolve('bin/usagebook.js')}`
const COLUMNS = '--no-cost --csv --section clients --columns name,analyses --timezone UTC'
const line = (client: string) => `{"timestamp":"2026-02-02T10:00:00Z","client":"${client}","input_tokens":1}\n`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagebook-piped-'))
  writeFileSync(join(folder, 'app.jsonl'), line('diageo'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function shell(command: string) {
  return spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

test.each([
  ['a pipe', `cat app.jsonl | ${PROGRAM} ${COLUMNS}`],
  ['a pipe that is slow to begin', `(sleep 0.5; cat app.jsonl) | ${PROGRAM} ${COLUMNS}`],
  ['a packed pipe', `gzip -c app.jsonl | ${PROGRAM} ${COLUMNS}`],
  ['a file', `${PROGRAM} ${COLUMNS} < app.jsonl`],
])('%s is read where there are no other logs', (_, command) => {
  expect(shell(command)).toMatchObject({ stdout: 'name,analyses\ndiageo,1\n', stderr: '', status: 0 })
})

test('the folder of logs goes before a pipe', () => {
  mkdirSync(join(folder, 'usage_logs'))
  writeFileSync(join(folder, 'usage_logs', '2026-02-02.jsonl'), line('unilever'))
  expect(shell(`cat app.jsonl | ${PROGRAM} ${COLUMNS}`).stdout).toBe('name,analyses\nunilever,1\n')
})

test.each(['true | ', '< /dev/null '])('"%s" holds no logs', input => {
  const { status, stderr } = shell(`${input}${PROGRAM} ${COLUMNS}`)
  expect([status, stderr]).toEqual([1, expect.stringContaining('There are no logs at')])
})

test('a program that starts it with a pipe of its own, and never writes to it, does not hang', async () => {
  const child = spawn(process.execPath, [resolve('bin/usagebook.js')], { cwd: folder })
  const [code] = await once(child, 'exit')
  child.stdin.end()
  expect(code).toBe(1)
})
