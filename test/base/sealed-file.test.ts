// Sealed files, small and large: they open as they were, and not at all once a bit is another.
import { expect, test } from 'vitest'
import { digestWords } from '../../src/base/digest.ts'
import { openSealed, seal } from '../../src/base/sealed-file.ts'

const SMALL = 1000
const LARGE = 300_000

/** Fresh bytes that begin their buffer, as those that were read do. */
function sealed(length: number): Uint8Array {
  const column = Uint8Array.from({ length }, (_, index) => index % 251)
  return seal('kind', { name: 'ann' }, [column, Float64Array.of(0.5, -1)])!
}

test.each([SMALL, LARGE])('a file with a column of %i bytes opens as it was', length => {
  const opened = openSealed(sealed(length), 'kind')!
  expect(opened.head).toEqual({ name: 'ann' })
  expect(opened.columns.map(column => column.length)).toEqual([length, 2])
  expect([opened.columns[0]!.at(-1), ...opened.columns[1]!]).toEqual([(length - 1) % 251, 0.5, -1])
})

test.each([SMALL, LARGE])('a file with a column of %i bytes does not open once a bit of it has changed', length => {
  const bytes = sealed(length)
  for (const place of [0, 4, 8, 12, 16, 20, 24, 40, 64, length >> 1, bytes.length - 1]) {
    bytes[place]! ^= 1
    expect(openSealed(bytes, 'kind')).toBeUndefined()
    bytes[place]! ^= 1
  }
  expect(openSealed(bytes, 'kind')).toBeDefined()
})

test('blocks of a large file do not change places', () => {
  const bytes = sealed(LARGE)
  const [one, other] = [bytes.slice(24, 24 + 65_536), bytes.slice(24 + 65_536, 24 + 131_072)]
  bytes.set(other, 24)
  bytes.set(one, 24 + 65_536)
  expect(openSealed(bytes, 'kind')).toBeUndefined()
})

test('a large file that was sealed word by word, as all once were, opens', () => {
  const bytes = sealed(LARGE)
  const words = new Int32Array(bytes.buffer)
  words[1] = 1
  words.set(digestWords(words.subarray(6)), 3)
  expect(openSealed(bytes, 'kind')).toBeDefined()
})

test('a file is not opened as one of another kind', () => {
  expect(openSealed(sealed(SMALL), 'other')).toBeUndefined()
})
