// More groups than JavaScript's heap has room for: V8 ends a process that goes on, and nobody would learn what to do.
import { expect, test } from 'vitest'
import { makeFolder } from '../support/logs.ts'
import { runProgram } from '../support/program.ts'

const LINES = 20_000
const HEAP = '--max-old-space-size=36'

/** Everything that can be told apart is another in each line. */
function manyOfAll(): string {
  const lines = Array.from({ length: LINES }, (_, index) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2026, 2, 1) + index * 200).toISOString(),
      client: `client-${index}`,
      user: `user-${index}`,
      profile: `profile-${index}`,
      model: `model-${index}`,
      feature: `feature-${index}`,
      endpoint: `/endpoint/${index}`,
      session_id: `session-${index}`,
      input_tokens: 1000,
      duration_ms: index,
    }),
  )
  return `${lines.join('\n')}\n`
}

const LOG = { '2026-03-01.jsonl': manyOfAll() }

test.each([
  ['usage', 'text'],
  ['usage', 'json'],
  ['models', 'json'],
  ['sessions', 'html'],
])('%s as %s says what to do before memory ends', (report, format) => {
  const words = ['report', report, '--logs', '.', '--no-cache', '--top', '0', '--format', format, '-o', 'report']
  const ran = runProgram(makeFolder(LOG), words, '', [HEAP])
  expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('There are too many groups for the memory')])
  expect(ran.stderr).toMatch(/fewer fields in --group-by, a shorter range, or a filter such as --client\./)
  expect(ran.stderr).toMatch(/NODE_OPTIONS=--max-old-space-size=7\d\./)
})

test('what is said to be done helps: a filter, and more memory', () => {
  const folder = makeFolder(LOG)
  const words = ['report', '--logs', '.', '--no-cache', '--quiet', '--format', 'csv', '--section', 'users']
  const filtered = runProgram(folder, [...words, '--client', 'client-7'], '', [HEAP])
  expect([filtered.code, filtered.stdout.split('\n')[1]]).toEqual([0, expect.stringMatching(/^user-7,1,/)])
  const larger = runProgram(folder, words, '', ['--max-old-space-size=200'])
  expect([larger.code, larger.stdout.split('\n').length]).toEqual([0, LINES + 2])
})
