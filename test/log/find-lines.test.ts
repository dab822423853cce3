// Lines are found again wherever the pieces in which a file is read begin and end.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { findLine, findLinesWith, plainPartOf } from '../../src/log/find-lines.ts'
import { describeLogFile } from '../../src/log/log-file.ts'
import { makeFolder } from '../support/logs.ts'

// Some longer than what is read at once, some empty, the last without a newline.
const LINES = Array.from({ length: 399 }, (_, index) =>
  index % 7 === 0 ? '' : `line ${index} ${'x'.repeat(index % 50 === 1 ? 700_000 : index * 20)}`,
)
const TEXT = LINES.join('\n')
const folder = () => makeFolder({ 'a.jsonl': TEXT, 'b.jsonl.gz': gzipSync(TEXT) })
const plenty = () => ({ leftBytes: Number.POSITIVE_INFINITY })

test.each(['a.jsonl', 'b.jsonl.gz'])('by its number, in %s', async name => {
  const file = describeLogFile(join(folder(), name), name, null)
  for (const number of [1, 2, 51, 52, 200, 398, 399]) {
    expect((await findLine(file, number, plenty()))?.bytes.toString()).toBe(LINES[number - 1])
  }
  expect(await findLine(file, 400, plenty())).toBeUndefined()
  expect(await findLine(file, 399, { leftBytes: TEXT.length - 1 })).toBeUndefined()
})

test.each(['a.jsonl', 'b.jsonl.gz'])('by its bytes, in %s', async name => {
  const file = describeLogFile(join(folder(), name), name, null)
  const found: string[] = []
  for await (const { number, bytes } of findLinesWith(file, Buffer.from('line 3'), plenty())) {
    expect(bytes.toString()).toBe(LINES[number - 1])
    found.push(bytes.toString())
  }
  expect(found).toEqual(LINES.filter(line => line.startsWith('line 3')))
})

test('what stands in a line however a text is written', () => {
  expect([plainPartOf('azure/gpt-4o'), plainPartOf('msg_1:réq'), plainPartOf('日本')]).toEqual(['gpt-4o', 'msg_1', ''])
})
