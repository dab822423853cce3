import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../src/base/digest.ts'

test('a digest is 32 hexadecimal digits', () => {
  expect(digest('diageo')).toMatch(/^[0-9a-f]{32}$/)
})

test('the same bytes have the same digest', () => {
  expect(digest(Buffer.from('loréal'))).toBe(digest('loréal'))
})

test('a changed byte changes the digest', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 9000 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bytes, place, change) => {
        const changed = Uint8Array.from(bytes)
        changed[place % bytes.length]! ^= change
        expect(digest(changed)).not.toBe(digest(bytes))
      },
    ),
  )
})

test('zeros at the end change the digest', () => {
  expect(digest(new Uint8Array(8))).not.toBe(digest(new Uint8Array(9)))
})

test('ten thousand numbers have ten thousand digests', () => {
  const digests = Array.from({ length: 10_000 }, (_, number) => digest(`2026-02-02.jsonl ${number}`).slice(0, 16))
  expect(new Set(digests).size).toBe(10_000)
})
