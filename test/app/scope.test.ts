// What is looked up again in the lines is looked up in those of the scope.
import { expect, test } from 'vitest'
import { rulesOfScope } from '../../src/query/scope.ts'
import { documentOf, makeFolder, reportOf } from '../support/logs.ts'

const DIAGEO = { scope: rulesOfScope({ clients: ['diageo'] }) }

async function documentOfDiageo(lines: readonly object[]) {
  const text = lines.map(line => `${JSON.stringify({ timestamp: '2026-03-01T10:00:00Z', ...line })}\n`).join('')
  return documentOf(await reportOf(makeFolder({ '2026-03-01.jsonl': text }), DIAGEO))
}

test('a line that repeats an id differs from the first of its own client', async () => {
  const { ledger } = await documentOfDiageo([
    { client: 'unilever', id: 'a', input_tokens: 99, output_tokens: 1 },
    { client: 'diageo', id: 'a', input_tokens: 10, output_tokens: 1 },
    { client: 'diageo', id: 'a', input_tokens: 20, output_tokens: 1 },
  ])
  const file = '2026-03-01.jsonl'
  const field = {
    field: 'input_tokens',
    file,
    line: null,
    value: '20',
    firstFile: file,
    firstLine: null,
    firstValue: '10',
  }
  expect(ledger).toMatchObject({ used: 1, duplicate: 1, differing: { lines: 1, file, line: null, fields: [field] } })
})

test('fields that look like usage are those of lines in scope', async () => {
  const { ledger } = await documentOfDiageo([
    { client: 'unilever', model: 'house-model', theirTokens: 99 },
    { client: 'diageo', model: 'house-model', ourTokens: 44 },
  ])
  expect(ledger.unread).toMatchObject({
    analyses: 1,
    of: 1,
    fields: [{ field: 'ourTokens', line: null, example: '44' }],
  })
  expect(ledger.unread.fields).toHaveLength(1)
})

test('a line that is rejected is told of where its client can be read, and where it stands is not', async () => {
  const { ledger, problems } = await documentOfDiageo([
    { client: 'unilever', input_tokens: -7 },
    { client: 'diageo', input_tokens: -5 },
    { client: ['diageo'], input_tokens: -5 },
  ])
  expect(ledger).toMatchObject({ files: null, bytes: null, read: null, filtered: null, used: 0, rejected: 1 })
  expect(problems).toEqual([
    { file: '2026-03-01.jsonl', line: null, reason: 'negative-number', field: 'input_tokens', value: '-5' },
  ])
})
