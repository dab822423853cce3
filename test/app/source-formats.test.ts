// Logs that are not native: formats of the configuration, asked for by a flag or by the folder that the logs lie in.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/logs.ts'
import { runProgram } from '../support/program.ts'

const FORMAT = {
  fields: {
    timestamp: 'meta.at',
    client: ['org.name', 'team'],
    user: 'meta.who\\.mail',
    model: 'call.model',
    input_tokens: 'call.usage.in',
    cache_read_input_tokens: 'call.usage.cached',
    output_tokens: 'call.usage.out',
    duration_ms: { path: 'took', unit: 's' },
  },
  constants: { provider: 'openai', profile: 'gateway' },
  skip: ['type!=completion'],
  id: ['trace', 'span'],
}

const line = (more: object) =>
  JSON.stringify({
    type: 'completion',
    meta: { at: '2026-03-01T10:00:00Z', 'who.mail': 'anna@diageo.com' },
    org: { name: 'diageo' },
    call: { model: 'gpt-4o', usage: { in: 900, cached: 100, out: 50 } },
    took: 1.25,
    trace: 't1',
    span: 's1',
    ...more,
  })

const LINES = [
  line({}),
  line({ span: 's2', org: null, team: 'unilever' }),
  line({ trace: 't1', span: 's1' }),
  JSON.stringify({ type: 'heartbeat' }),
  line({ span: 's3', meta: {} }),
]

function makeWorkspace(settings: object): string {
  const folder = makeFolder({ 'usagebook.config.json': JSON.stringify(settings) })
  mkdirSync(join(folder, 'gateway'))
  writeFileSync(join(folder, 'gateway', 'app.jsonl'), `${LINES.join('\n')}\n`)
  return folder
}

const EXPECTED = {
  ledger: { read: 5, used: 2, other: 1, duplicate: 1, rejected: 1, rejectedBy: { 'no-timestamp': 1 } },
  summary: { analyses: 2, inputTokens: 2000, cacheReadTokens: 200, outputTokens: 100, meanDurationMs: 1250 },
}

test('a format of the configuration maps paths, units, constants, ids and lines to skip', () => {
  const folder = makeWorkspace({ formats: { 'our-gateway': FORMAT } })
  const ended = runProgram(folder, ['--logs', 'gateway', '--source-format', 'our-gateway', '--format', 'json', '-q'])
  const document = JSON.parse(ended.stdout)
  expect(document).toMatchObject(EXPECTED)
  expect(document.byClient.map((row: { client: string }) => row.client).sort()).toEqual(['diageo', 'unilever'])
  expect(document.byUser[0].user).toBe('anna@diageo.com')
  expect(document.byProfile[0].profile).toBe('gateway')
  expect(document.byModel[0].provider).toBe('openai')
})

test('a folder of the configuration is read in its own format, beside a native one', () => {
  const folder = makeWorkspace({
    logs: [{ path: 'gateway', format: 'our-gateway' }, 'native'],
    formats: { 'our-gateway': FORMAT },
  })
  mkdirSync(join(folder, 'native'))
  writeFileSync(join(folder, 'native', '2026-03-02.jsonl'), '{"client":"loreal","input_tokens":5}\n')
  const document = JSON.parse(runProgram(folder, ['--format', 'json', '-q']).stdout)
  expect(document.ledger).toMatchObject({ files: 2, read: 6, used: 3 })
  expect(document.byClient.map((row: { client: string }) => row.client).sort()).toEqual([
    'diageo',
    'loreal',
    'unilever',
  ])
})

test('a format that is not there is an error that names those that are', () => {
  const ended = runProgram(makeWorkspace({ formats: { 'our-gateway': FORMAT } }), ['--source-format', 'our-gatway'])
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('Use our-gateway')
})
