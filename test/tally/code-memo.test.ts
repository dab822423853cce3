import { expect, test } from 'vitest'
import { Dictionary } from '../../src/base/dictionary.ts'
import { CodeMemo } from '../../src/tally/code-memo.ts'

function columnOf(...texts: string[]) {
  const table = new Dictionary()
  return { codes: Uint32Array.from(texts.map(text => table.codeOf(text))), table }
}

test('a text means the same whichever reader gave it its code', () => {
  const memo = new CodeMemo(text => text?.length ?? 0)
  const first = columnOf('diageo', 'unilever')
  const second = columnOf('loreal', 'nestle-waters')
  expect(memo.read(first)[first.codes[1]!]).toBe(8)
  expect(memo.read(second)[second.codes[1]!]).toBe(13)
  expect(memo.read(first)[first.codes[0]!]).toBe(6)
})
