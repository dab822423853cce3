// The compiled code that is kept between runs, on the built program.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const PROGRAM = join(import.meta.dirname, '../../../bin/usagebook.js')

let home: string
let folder: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'usagebook-code-'))
  folder = join(home, 'cache', 'usagebook')
  mkdirSync(join(home, 'usage_logs'))
  const line = { time: '2026-02-02T09:00:00Z', client: 'diageo', user: 'ann', model: 'gpt-4o', input_tokens: 1200 }
  writeFileSync(join(home, 'usage_logs', '2026-02-02.jsonl'), `${JSON.stringify(line)}\n`)
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

function run(words: readonly string[] = ['--format', 'csv'], more: Readonly<Record<string, string>> = {}): string {
  const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), TZ: 'UTC', ...more }
  return execFileSync(process.execPath, [PROGRAM, ...words], { cwd: home, env, encoding: 'utf8' })
}

function keptFiles(): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isFile() ? [entry.name] : []))
}

test('The first three runs keep code, the others only use it, and the answer stays the same.', () => {
  const first = run()
  const [name] = keptFiles()
  const third = [run(), run()]
  const stored = statSync(join(folder, name!)).mtimeMs
  expect([...third, run(), run()]).toEqual([first, first, first, first])
  expect(keptFiles()).toEqual([name])
  expect(name).toMatch(/^report-[0-9a-f]{16}-v\d+\.\d+\.\d+-\w+\.code$/)
  expect(statSync(join(folder, name!)).mtimeMs).toBe(stored)
})

test('What checks files of the user has kept code of its own.', () => {
  writeFileSync(join(home, 'prices.json'), JSON.stringify({ prices: [{ model: 'house', input: '1' }], aliases: {} }))
  const first = run()
  expect(keptFiles().map(name => name.split('-')[0])).toEqual(['report', 'zod'])
  expect([run(), run(), run()]).toEqual([first, first, first])
})

test('Damaged code is not run, wherever the damage is.', () => {
  const first = run()
  const file = join(folder, keptFiles()[0]!)
  const bytes = readFileSync(file)
  for (const part of [0, 0.0001, 0.3, 0.6, 0.9999]) {
    const damaged = Buffer.from(bytes)
    damaged[Math.floor(part * bytes.length)]! ^= 0x41
    writeFileSync(file, damaged)
    expect(run()).toBe(first)
  }
  writeFileSync(file, bytes.subarray(0, bytes.length / 2))
  expect(run()).toBe(first)
  writeFileSync(file, '')
  expect(run()).toBe(first)
})

test('Code that others could have written is not run.', () => {
  run()
  const file = join(folder, keptFiles()[0]!)
  chmodSync(file, 0o666)
  run()
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('Code of other versions of the program goes after a month, when new code is kept.', () => {
  mkdirSync(folder, { recursive: true })
  const [old, recent] = ['report-0123456789abcdef-v20.1.0-x64.code', 'report-fedcba9876543210-v22.1.0-x64.code']
  for (const name of [old, recent]) writeFileSync(join(folder, name), 'code')
  utimesSync(join(folder, old), new Date('2026-01-01'), new Date('2020-01-01'))
  run()
  expect(keptFiles()).toHaveLength(2)
  expect(keptFiles()).toContain(recent)
})

test('Nothing is kept by a run that fails, nor for the version alone, nor where Node is told to keep no code.', () => {
  expect(() => run(['--top', 'many'])).toThrow('--top')
  run(['--version'])
  // Pages of reports are kept beside; of logs that were just written, only by a slow machine.
  run(['--format', 'csv', '--no-cache'], { NODE_DISABLE_COMPILE_CACHE: '1' })
  expect(() => readdirSync(folder)).toThrow('ENOENT')
})

test('A folder that cannot be made is no error.', () => {
  const first = run()
  expect(run(['--format', 'csv'], { XDG_CACHE_HOME: join(home, 'usage_logs', '2026-02-02.jsonl') })).toBe(first)
})

// A class of characters in a regular expression would match other ones, and TERM=dumb would write "chundefinedlet".
test('the bundle is ASCII alone, because it is read as Latin-1', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../dist/cli.cjs'), 'utf8')).not.toMatch(/[^\0-\x7f]/)
})

test('a pipe or a folder without end in the place of what is kept changes nothing', () => {
  const expected = run()
  for (const name of keptFiles()) {
    rmSync(join(folder, name))
    execFileSync('mkfifo', [join(folder, name)])
  }
  expect(run()).toBe(expected)
  expect(run(undefined, { XDG_CACHE_HOME: '/proc' })).toBe(expected)
}, 30_000)
