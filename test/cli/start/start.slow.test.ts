// Which bundle a command line is run by: that of reports holds no other command, and must never be asked for one.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PROGRAM = join(import.meta.dirname, '../../../bin/usagebook.js')

let home: string

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'usagebook-start-'))
  writeFileSync(join(home, 'clients.json'), '{"clients":{"diageo":{"name":"Diageo","profiles":[]}}}\n')
  writeFileSync(
    join(home, 'app.jsonl'),
    '{"timestamp":"2026-02-02T09:00:00Z","client":"diageo","model":"gpt-4o","input_tokens":1200}\n',
  )
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

test.each<[string[], RegExp]>([
  [['--root', '.', 'client', 'list'], /diageo/],
  [['--no-color', 'cache', 'status'], /cache/],
  [['report', '--help'], /usagebook report/],
  [['help', 'client', 'list'], /usagebook client list/],
  [['--help'], /dashboard/],
  [['report', 'threats', '--logs', 'app.jsonl', '--no-cache'], /hreats/],
  [['app.jsonl', '--client', 'diageo', '--no-cache'], /diageo/],
  [['latency', 'app.jsonl', '--no-cache'], /^Latency/],
])('%j is run by a bundle that has it', (words, expected) => {
  const env = { PATH: process.env.PATH, HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' }
  expect(execFileSync(process.execPath, [PROGRAM, ...words], { cwd: home, env, encoding: 'utf8' })).toMatch(expected)
})

test('A command that does not exist is told with those that do.', () => {
  const done = spawnSync(process.execPath, [PROGRAM, 'clint', 'list'], { cwd: home, encoding: 'utf8' })
  expect(done.stderr).toContain('There is no command "clint"')
  expect(done.stderr).toContain('client')
})

test('A report loads no module of Node that takes long to load and that it does not need.', () => {
  const hook = join(home, 'hook.cjs')
  const list = join(home, 'loaded.txt')
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n')))`,
  )
  const words = ['--require', hook, PROGRAM, 'app.jsonl', '--no-cache']
  execFileSync(process.execPath, words, { cwd: home, env: { PATH: process.env.PATH, HOME: home, TZ: 'UTC' } })
  const loaded = readFileSync(list, 'utf8').split('\n')
  const heavy = [
    'child_process',
    'crypto',
    'http',
    'net',
    'perf_hooks',
    'readline',
    'stream',
    'v8',
    'worker_threads',
    'zlib',
  ]
  expect(heavy.filter(name => loaded.includes(`NativeModule ${name}`))).toEqual([])
})
