// What lies among the logs and is no file: reading it could wait for ever, so it is named and left alone, unless it was named
// itself.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { findLogs } from '../../src/log/find-logs.ts'
import { describeLogFile } from '../../src/log/log-file.ts'
import { readLog } from '../../src/log/open-log.ts'
import { readPart } from '../../src/log/read-part.ts'
import { runShell } from '../support/program.ts'

const LINE = '{"timestamp":"2026-02-02T10:00:00Z","client":"diageo","user":"anna@diageo.com"}\n'
const roots: string[] = []
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'usagebook-pipes-'))
  roots.push(root)
  mkdirSync(join(root, 'usage_logs'))
  writeFileSync(join(root, 'usage_logs', '2026-02-02.jsonl'), LINE)
})

afterAll(() => {
  for (const made of roots) rmSync(made, { recursive: true })
})

function makePipe(name: string): string {
  const path = join(root, name)
  execFileSync('mkfifo', [path])
  return path
}

describe('in the folder of the logs', () => {
  const find = (path = 'usage_logs') => findLogs([{ path, format: null }], root)

  test.each(['usage_logs', 'usage_logs/*.jsonl'])('a pipe is no log, and is named (%s)', path => {
    makePipe('usage_logs/2026-02-03.jsonl')
    const { files, failures } = find(path)
    expect(files.map(file => file.path)).toEqual([join(root, 'usage_logs', '2026-02-02.jsonl')])
    expect(failures.map(failure => failure.message)).toEqual([
      'cannot be read: it is a pipe, a socket or a device, not a file',
    ])
  })

  test('a link to a device is no log, and is named', () => {
    symlinkSync('/dev/zero', join(root, 'usage_logs', 'zero.jsonl'))
    const { files, failures } = find()
    expect(files).toHaveLength(1)
    expect(failures.map(failure => failure.file)).toEqual(['zero.jsonl'])
  })

  test('a socket is no log, and is named', async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(join(root, 'usage_logs', 'socket.jsonl'), resolve))
    const { files, failures } = find()
    server.close()
    expect(files).toHaveLength(1)
    expect(failures.map(failure => failure.file)).toEqual(['socket.jsonl'])
  })

  test('a link in a circle hides no other log', () => {
    symlinkSync('circle.jsonl', join(root, 'usage_logs', 'circle.jsonl'))
    const { files, failures } = find()
    expect(files.map(file => file.name)).toEqual(['2026-02-02.jsonl', 'circle.jsonl'])
    expect(failures).toEqual([])
  })
})

describe('a log that became a pipe after it was found', () => {
  const target = { space: () => Buffer.alloc(16), advance: () => undefined }

  test.each(['late.jsonl', 'late.jsonl.gz'])('is an error, as %s', async name => {
    const file = describeLogFile(makePipe(name), name, null)
    const reading = readLog(
      file,
      target,
      () => process.stdin,
      () => undefined,
    )
    await expect(reading).rejects.toThrow(expect.objectContaining({ code: 'EFTYPE' }))
  })

  test('is an error in parts', () => {
    const path = makePipe('late.jsonl')
    expect(() => readPart(path, 0, null, target, () => undefined)).toThrow(expect.objectContaining({ code: 'EFTYPE' }))
  })
})

describe('the program', () => {
  test('reports what is beside a pipe, and says that the pipe was left out', () => {
    makePipe('usage_logs/2026-02-03.jsonl')
    const { code, stdout, stderr } = runShell(root, 'usagebook --format csv --section clients')
    expect(stdout).toContain('diageo')
    expect(stderr).toContain('2026-02-03.jsonl cannot be read: it is a pipe, a socket or a device, not a file')
    expect(code).toBe(1)
  }, 20_000)

  test.each([
    ['usagebook --format csv --section clients --logs <(cat usage_logs/*)', 'diageo'],
    ['usagebook --format csv --section clients --logs <(gzip -c usage_logs/*)', 'diageo'],
    [
      'usagebook --format csv --section clients --logs <(cat usage_logs/*) --logs <(sed s/diageo/unilever/ usage_logs/*)',
      'unilever',
    ],
    ['cat usage_logs/* | usagebook --format csv --section clients --logs /dev/stdin', 'diageo'],
    [
      'mkfifo named; timeout 15 sh -c "cat usage_logs/* > named" & usagebook --format csv --section clients --logs named',
      'diageo',
    ],
    [
      'usagebook report sessions --format csv --compare 2026-02-01 --period 2026-02-02 --logs <(cat usage_logs/*)',
      'anna',
    ],
    ['usagebook events --format jsonl --logs <(cat usage_logs/*)', 'diageo'],
    ['usagebook log check --logs <(cat usage_logs/*)', '1 line in 1 file'],
  ])(
    'reads a pipe that is named itself: %s',
    (line, text) => {
      const { stdout, stderr } = runShell(root, line)
      expect(stdout + stderr).toContain(text)
    },
    20_000,
  )

  test.each(['usagebook.config.json', 'clients.json', 'prices.json'])(
    'ends where %s is a pipe',
    name => {
      makePipe(name)
      const { code, stderr } = runShell(root, 'usagebook; usagebook log check')
      expect(stderr).toContain(`${name} cannot be read: it is a pipe, a socket or a device, not a file`)
      expect(code).not.toBe(0)
    },
    20_000,
  )
})
