// Each fault is planted into a healthy workspace, and the doctor must name it with what to do.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Diagnosis } from '../../src/app/doctor/diagnosis.ts'
import { runDoctor } from '../../src/app/doctor/run-doctor.ts'
import { openAnyWorkspace } from '../../src/app/workspace/workspace.ts'
import type { Instant } from '../../src/base/zone.ts'
import { openContext } from '../../src/cli/context.ts'
import { makeFolder, requestOf } from '../support/logs.ts'

// Once, because each listens to the signals of the process.
const CONTEXT = openContext()

const NOW = Date.UTC(2026, 1, 3, 8) as Instant

function linesOf(day: string, more: object = {}, count = 20): string {
  return Array.from({ length: count }, (_, index) => {
    const timestamp = `${day}T07:00:${String(index).padStart(2, '0')}Z`
    const event = {
      timestamp,
      client: 'diageo',
      user: 'anna@diageo.com',
      model: 'gpt-4o',
      input_tokens: 9,
      output_tokens: 1,
    }
    return `${JSON.stringify({ ...event, ...more })}\n`
  }).join('')
}

/** A workspace in which all is well, but for `files`: a text to write, or null to take away. */
function makeWorkspace(files: Readonly<Record<string, string | Uint8Array | null>> = {}): string {
  const root = makeFolder()
  const healthy: Record<string, string | Uint8Array | null> = {
    'usage_logs/2026-02-01.jsonl': linesOf('2026-02-01'),
    'usage_logs/2026-02-02.jsonl': linesOf('2026-02-02'),
    'usage_logs/2026-02-03.jsonl': linesOf('2026-02-03'),
    'usagebook.config.json': '{"timezone": "UTC"}',
    'prices.json': '{"prices": [], "aliases": {}}',
    'clients.json': '{"clients": {"diageo": {"name": "Diageo"}}}',
    'profiles/.keep': '',
    'reports/.keep': '',
  }
  for (const [path, content] of Object.entries({ ...healthy, ...files })) {
    if (content === null) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

async function diagnose(root: string, cacheFolder?: string): Promise<Diagnosis[]> {
  const workspace = await openAnyWorkspace({ root }, CONTEXT)
  return await runDoctor({
    ...requestOf(root, { places: [{ path: join(root, 'usage_logs'), format: null }], now: NOW }),
    configFile: workspace.configFile,
    configProblem: workspace.problem,
    home: { root, hostName: 'here', processId: 1, now: () => NOW, note: () => undefined },
    cacheFolder,
  })
}

function wrongOf(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  return diagnoses.filter(({ verdict }) => verdict !== 'ok')
}

test('a healthy workspace is all ok', async () => {
  expect(wrongOf(await diagnose(makeWorkspace(), join(makeFolder(), 'usagebook')))).toEqual([])
})

const FAULTS: readonly (readonly [string, Record<string, string | Uint8Array | null>, object])[] = [
  ['a wrong setting', { 'usagebook.config.json': '{"timezone": 5}' }, { name: 'configuration', verdict: 'failure' }],
  ['a configuration that is no JSON', { 'usagebook.config.json': '{' }, { name: 'configuration', verdict: 'failure' }],
  [
    'a file in the place of a folder',
    { 'reports/.keep': null, reports: 'text' },
    { name: 'parts', verdict: 'failure' },
  ],
  [
    'a negative price',
    { 'prices.json': '{"prices": [{"model": "m", "input": "-1"}]}' },
    { name: 'prices', verdict: 'failure' },
  ],
  [
    'no log files',
    {
      'usage_logs/2026-02-01.jsonl': null,
      'usage_logs/2026-02-02.jsonl': null,
      'usage_logs/2026-02-03.jsonl': null,
      'usage_logs/.keep': '',
    },
    { name: 'logs', verdict: 'failure' },
  ],
  [
    'a missing day',
    { 'usage_logs/2026-02-02.jsonl': null },
    { name: 'logs', message: expect.stringContaining('2026-02-02') },
  ],
  [
    'a day that is there twice',
    { 'usage_logs/2026-02-01.jsonl.gz': gzipSync(linesOf('2026-02-01')) },
    { name: 'copies', message: expect.stringContaining('2026-02-01.jsonl and 2026-02-01.jsonl.gz') },
  ],
  [
    'a copy beside its original',
    { 'usage_logs/2026-02-01 (1).jsonl': linesOf('2026-02-01') },
    { name: 'copies', message: expect.stringContaining('2026-02-01 (1).jsonl and 2026-02-01.jsonl') },
  ],
  [
    'a log that was rotated away under another name',
    { 'usage_logs/app.jsonl.1': linesOf('2026-02-01') },
    { name: 'other files', message: expect.stringContaining('app.jsonl.1') },
  ],
  [
    'an old log that a program may have open',
    { 'usage_logs/.2026-02-01.jsonl.0.00000000-0000-0000-0000-000000000000.late': '' },
    { name: 'pruned logs', message: expect.stringContaining('a program may still have it open') },
  ],
  [
    'lines that were written to an old log',
    { 'usage_logs/.2026-02-01.jsonl.0.00000000-0000-0000-0000-000000000000.late': linesOf('2026-02-01') },
    { name: 'pruned logs', message: expect.stringContaining('do not count them yet') },
  ],
  [
    'an empty file',
    { 'usage_logs/2026-02-01.api-2.jsonl': '' },
    { name: 'size', message: expect.stringContaining('api-2') },
  ],
  [
    'a damaged file',
    { 'usage_logs/2026-02-01.b.jsonl.gz': gzipSync(linesOf('2026-02-01')).subarray(0, 12) },
    { name: 'reading', verdict: 'failure', message: expect.stringContaining('2026-02-01.b.jsonl.gz') },
  ],
  [
    'a line that is no JSON',
    { 'usage_logs/2026-02-01.jsonl': `${linesOf('2026-02-01', {}, 20)}oops\n${linesOf('2026-02-01', {}, 60)}` },
    { name: 'rejected lines', message: expect.stringContaining('2026-02-01.jsonl:21') },
  ],
  [
    'logs that have stopped',
    {
      'usage_logs/2026-02-02.jsonl': null,
      'usage_logs/2026-02-03.jsonl': null,
      'usage_logs/2026-02-01.jsonl': linesOf('2026-01-20'),
    },
    { name: 'newest event', message: expect.stringContaining('14 days old') },
  ],
  [
    'a clock that is ahead',
    { 'usage_logs/2026-02-03.jsonl': linesOf('2026-02-05') },
    { name: 'newest event', message: expect.stringContaining('in the future') },
  ],
  [
    'many errors',
    { 'usage_logs/2026-02-03.jsonl': linesOf('2026-02-03', { status: 'error' }) },
    { name: 'errors', verdict: 'warning' },
  ],
  [
    'a model without a price',
    { 'usage_logs/2026-02-03.jsonl': linesOf('2026-02-03', { model: 'house-model' }) },
    { name: 'priced models', message: expect.stringContaining('house-model') },
  ],
  [
    'a client that nobody knows',
    { 'usage_logs/2026-02-03.jsonl': linesOf('2026-02-03', { client: 'nestle' }) },
    { name: 'clients in logs', message: expect.stringContaining('nestle') },
  ],
  [
    'a client on a profile that is gone',
    { 'clients.json': '{"clients": {"diageo": {"profiles": ["brand_check"]}}}' },
    { name: 'profiles and clients', verdict: 'failure', message: expect.stringContaining('brand_check') },
  ],
]

describe('the doctor finds', () => {
  test.each(FAULTS)('%s', async (_, files, expected) => {
    const wrong = wrongOf(await diagnose(makeWorkspace(files)))
    expect(wrong).toMatchObject([expected])
    expect(wrong[0]!.hint).toMatch(/^[A-Z].*\.$/)
  })

  test('usage that is not understood, and the fields that hold it', async () => {
    const lines = linesOf('2026-02-02', { input_tokens: undefined, output_tokens: undefined, tokensIn: 9 })
    const wrong = wrongOf(await diagnose(makeWorkspace({ 'usage_logs/2026-02-02.jsonl': lines })))
    expect(wrong).toMatchObject([{ name: 'usage', verdict: 'warning' }])
    expect(wrong[0]!.message).toContain(
      'all in 2026-02-02.jsonl. This field looks like usage and was not read: tokensIn (9)',
    )
  })

  test('logs that are not there', async () => {
    const root = makeWorkspace()
    rmSync(join(root, 'usage_logs'), { recursive: true })
    expect(wrongOf(await diagnose(root))).toMatchObject([{ name: 'logs', verdict: 'failure' }])
  })

  test('a file in the place of the cache', async () => {
    const root = makeWorkspace({ cache: 'text' })
    expect(wrongOf(await diagnose(root, join(root, 'cache')))).toMatchObject([{ name: 'cache', verdict: 'warning' }])
  })
})
