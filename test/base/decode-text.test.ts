import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/base/decode-text.ts'

describe('decodeText', () => {
  it('reads UTF-8', () => {
    expect(decodeText(Buffer.from('ein Café, 東京, 🙂\n'), 'a.json')).toBe('ein Café, 東京, 🙂\n')
  })

  it.each([
    ['Latin-1', Buffer.from('one\ntwo caf\xe9\nthree', 'latin1'), 2, '0xe9'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 1, '0xff'],
    ['a cut character at the end', Buffer.from('Café').subarray(0, 4), 1, '0xc3'],
    ['half of a surrogate pair', Buffer.of(0x61, 0x0a, 0x0a, 0xed, 0xa0, 0x80), 3, '0xed'],
  ])('refuses %s and names line and byte', (_, bytes, line, byte) => {
    expect(() => decodeText(bytes, 'a.json')).toThrow(`a.json is not UTF-8 text: line ${line} holds the byte ${byte}.`)
  })
})
