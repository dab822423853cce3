import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestBlock } from '../../src/base/block-digest.ts'
import { beginsWith, FileBlocks } from '../../src/engine/file-blocks.ts'

function digestOf(bytes: Uint8Array) {
  return digestBlock(bytes.length, space => space.set(bytes))
}

test('one flipped bit gives a block another digest, wherever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 700 }), fc.nat(), fc.nat(7), (bytes, place, bit) => {
      const other = bytes.slice()
      other[place % bytes.length]! ^= 1 << bit
      expect(digestOf(other)).not.toEqual(digestOf(bytes))
      expect(digestOf(bytes)).toEqual(digestOf(bytes))
    }),
  )
})

test('blocks of other lengths have other digests, though all bytes are zero', () => {
  const digests = Array.from({ length: 300 }, (_, length) => digestOf(new Uint8Array(length)).join())
  expect(new Set(digests).size).toBe(300)
})

// Of zeros, so that it takes no room on the disk.
describe('of a file of 100 MB', () => {
  const BLOCK = 256 * 1024
  const COUNT = 400
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-blocks-'))
  const path = join(folder, 'large.jsonl')
  const blocks = new FileBlocks()

  beforeAll(() => {
    writeFileSync(path, '')
    truncateSync(path, BLOCK * COUNT)
    for (let block = 0; block < COUNT; block++) blocks.add(new Uint8Array(BLOCK))
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  function write(place: number, text: string): void {
    const descriptor = openSync(path, 'r+')
    writeSync(descriptor, text, place)
    closeSync(descriptor)
  }

  function begins(isWhole: boolean): boolean {
    return beginsWith(path, blocks.read.words, BLOCK * COUNT, isWhole)
  }

  test('what was not changed is believed', () => {
    expect([begins(false), begins(true)]).toEqual([true, true])
  })

  test.each([
    ['at its start', 3 * BLOCK],
    ['at its end', BLOCK * COUNT - 1],
  ])('a change %s is seen', (_, place) => {
    write(place, 'x')
    expect(begins(false)).toBe(false)
    write(place, '\0')
    expect(begins(false)).toBe(true)
  })

  test('a change anywhere is seen where all of it is compared', () => {
    for (const place of [BLOCK * 199, BLOCK * 200]) {
      write(place, 'x')
      expect(begins(true)).toBe(false)
      write(place, '\0')
    }
  })

  test('a file that is shorter does not begin with its blocks', () => {
    truncateSync(path, BLOCK * COUNT - 1)
    expect(begins(false)).toBe(false)
  })
})
