// Files that cannot be read, and logs whose text means harm.
import { createCipheriv } from 'node:crypto'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../support/logs.ts'
import { runProgram } from '../support/program.ts'

const event = (day: string, client = 'diageo') =>
  `${JSON.stringify({ timestamp: `${day}T10:00:00Z`, client, user: 'anna@diageo.com', model: 'gpt-4o', input_tokens: 10 })}\n`

function thirtyDays(): Record<string, string> {
  const days = Array.from({ length: 30 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`).slice(0, 28)
  return Object.fromEntries(['2026-01-30', '2026-01-31', ...days].map(day => [`${day}.jsonl`, event(day)]))
}

test('of thirty files one that cannot be opened leaves the report of the other twenty-nine', () => {
  const { '2026-02-10.jsonl': _gone, ...others } = thirtyDays()
  const folder = makeFolder(others)
  symlinkSync('/nonexistent/2026-02-10.jsonl', join(folder, '2026-02-10.jsonl'))
  const ended = runProgram(folder, ['--logs', '.', '--format', 'json'])
  const document = JSON.parse(ended.stdout)
  expect(ended.code).toBe(1)
  expect(document.summary.analyses).toBe(29)
  expect(document.ledger.complete).toBe(false)
  expect(ended.stderr).toMatch(/Incomplete: 2026-02-10\.jsonl cannot be read: it does not exist/)
})

test('a damaged gz file says so and keeps what was read before the damage', () => {
  const packed = gzipSync(event('2026-03-01').repeat(2000))
  const folder = makeFolder({
    '2026-03-01.jsonl.gz': packed.subarray(0, packed.length - 9),
    '2026-03-02.jsonl': event('2026-03-02'),
  })
  const ended = runProgram(folder, ['--logs', '.', '--format', 'json'])
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(/the compressed data is damaged/)
  expect(JSON.parse(ended.stdout).ledger.complete).toBe(false)
})

test('gz and br files count the same as plain ones', () => {
  const folder = makeFolder({
    '2026-03-01.jsonl.gz': gzipSync(event('2026-03-01')),
    '2026-03-02.jsonl.br': brotliCompressSync(event('2026-03-02')),
    '2026-03-03.api-1.jsonl': event('2026-03-03'),
  })
  const ended = runProgram(folder, ['--logs', '.', '--format', 'json'])
  expect(JSON.parse(ended.stdout).byDate.map((row: { analyses: number }) => row.analyses)).toEqual([1, 1, 1])
})

test('a file of noise is rejected line by line, and nothing breaks', () => {
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(1 << 20))
  const ended = runProgram(makeFolder({ '2026-03-01.jsonl': noise }), ['--logs', '.', '--format', 'json', '-q'])
  const { ledger } = JSON.parse(ended.stdout)
  expect(ended.code).toBe(0)
  expect(ledger.rejected).toBe(ledger.read)
})

describe('hostile text', () => {
  const hostile = [
    '=HYPERLINK("http://evil.example","x")',
    '\u001b[2J\u001b]0;owned\u0007',
    '\u202egpj.exe',
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    'a\nb\tc\r',
    '\u009b31m',
  ]
  const linesOf = (clients: readonly string[]) =>
    clients.map(client =>
      JSON.stringify({
        timestamp: '2026-03-01T10:00:00Z',
        client,
        user: client.slice(0, 99),
        model: client.slice(0, 99),
      }),
    )

  test.each(['text', 'json', 'jsonl', 'csv', 'tsv', 'md'])('does no harm as %s', format => {
    const lines = linesOf([...hostile, 'x'.repeat(1024 * 1024)])
    const folder = makeFolder({ '2026-03-01.jsonl': `${lines.join('\n')}\n` })
    const ended = runProgram(folder, ['--logs', '.', '--format', format, '--top', '0', '-q'])
    expect(ended.stderr).toBe('')
    expect(ended.code).toBe(0)
    expect(ended.stdout).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  test('all of it is there in JSON, each value once', () => {
    const all = [...hostile, 'x'.repeat(10 * 1024 * 1024)]
    const folder = makeFolder({ '2026-03-01.jsonl': `${linesOf(all).join('\n')}\n` })
    const ended = runProgram(folder, ['--logs', '.', '--format', 'json', '-q'])
    const clients = JSON.parse(ended.stdout).byClient.map((row: { client: string }) => row.client)
    expect(clients.toSorted()).toEqual(all.toSorted())
  })

  test('no CSV cell starts a formula', () => {
    const folder = makeFolder({ '2026-03-01.jsonl': `${linesOf(hostile).join('\n')}\n` })
    const ended = runProgram(folder, ['--logs', '.', '--format', 'csv', '--section', 'clients', '-q'])
    expect(ended.stdout).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`)
    expect(ended.stdout).not.toMatch(/(^|,)"?=/m)
  })
})

test.each(['usage', 'models', 'requests', 'sessions'])(
  'names of what every object has are names like others everywhere: %s',
  report => {
    const names = [...Object.getOwnPropertyNames(Object.prototype), 'prototype']
    const fields = ['client', 'user', 'model', 'provider', 'service_tier', 'feature', 'profile', 'endpoint', 'country']
    const lines = names.flatMap(name => [
      ...fields.map(field => ({ model: 'gpt-4o', input_tokens: 5, [field]: name })),
      { model: `${name}/gpt-4o`, input_tokens: 5, event: name, status: name, error_type: name },
      Object.fromEntries(fields.map(field => [field, name.toLowerCase()])),
    ])
    const log = lines.map(line => `${JSON.stringify({ timestamp: '2026-03-01T10:00:00Z', ...line })}\n`).join('')
    const words = ['report', report, '--logs', '.', '--no-cache', '--quiet', '--format', 'json']
    const ended = runProgram(makeFolder({ '2026-03-01.jsonl': log }), words)
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    expect(JSON.parse(ended.stdout).ledger.read).toBe(lines.length)
  },
)

test('a line of more than 16 MiB is rejected as too long, and the next one counts', () => {
  const folder = makeFolder()
  const long = JSON.stringify({ timestamp: '2026-03-01T10:00:00Z', client: 'x'.repeat(17 * 1024 * 1024) })
  writeFileSync(join(folder, '2026-03-01.jsonl'), `${long}\n${event('2026-03-01')}`)
  const { ledger } = JSON.parse(runProgram(folder, ['--logs', '.', '--format', 'json', '-q']).stdout)
  expect(ledger.rejectedBy).toEqual({ 'too-long': 1 })
  expect(ledger.used).toBe(1)
})

test('a last line that a writer has not finished is truncated, and one that parses counts', () => {
  const folder = makeFolder({
    '2026-03-01.jsonl': `${event('2026-03-01')}{"timestamp":"2026-03-01T1`,
    '2026-03-02.jsonl': event('2026-03-02').trimEnd(),
  })
  const { ledger } = JSON.parse(runProgram(folder, ['--logs', '.', '--format', 'json', '-q']).stdout)
  expect(ledger.rejectedBy).toEqual({ truncated: 1 })
  expect(ledger.used).toBe(2)
})

test('memory does not grow with the size of a log', () => {
  const peakOf = (copies: number) => {
    const folder = makeFolder({ '2026-03-01.jsonl': event('2026-03-01').repeat(copies) })
    const script = `process.on('exit', () => console.error(process.resourceUsage().maxRSS))`
    const ended = runProgram(folder, ['--logs', '.', '--format', 'json', '-q'], '', [
      '--import',
      `data:text/javascript,${encodeURIComponent(script)}`,
    ])
    return Number(ended.stderr.trim())
  }
  expect(peakOf(300_000) - peakOf(1)).toBeLessThan(60_000)
})
