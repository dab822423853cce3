import { expect, test } from 'vitest'
import { relate } from '../../src/base/column-loops.ts'
import { openLoops, reserve } from '../../src/base/compiled-loops.ts'
import { isOutOfMemory } from '../../src/base/too-many-groups.ts'

const thrownBy = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

test('what is too large for JavaScript is told from bugs', () => {
  expect(isOutOfMemory(thrownBy(() => 'x'.repeat(2 ** 30)))).toBe(true)
  expect(isOutOfMemory(thrownBy(() => new ArrayBuffer(2 ** 53)))).toBe(true)
  expect(isOutOfMemory(thrownBy(() => new Uint32Array(new ArrayBuffer(8), 1)))).toBe(false)
  expect(isOutOfMemory(thrownBy(() => (undefined as unknown as string).length))).toBe(false)
})

test('columns that need more than 4 GB are an error, and no small number of bytes', () => {
  const columns = [Uint32Array.of(1), Uint32Array.of(1)] as const
  expect(() => relate(...columns, 1, 2 ** 16, 2 ** 16)).toThrow(expect.objectContaining({ code: 'too-many-groups' }))
})

test('loops that get no memory say so, and go on with what they have', () => {
  const loops = openLoops()
  expect(() => reserve(loops, 2 ** 32 - 1)).toThrow(expect.objectContaining({ code: 'too-many-groups' }))
  expect(reserve(loops, 16)).toBeGreaterThan(0)
})
