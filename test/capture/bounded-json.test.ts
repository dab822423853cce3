import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedJson } from '../../src/capture/bounded-json.ts'

describe('boundedJson', () => {
  it('writes what JSON.stringify writes', () => {
    const leaf = fc.oneof(
      fc.constantFrom(undefined, () => 1, Symbol('s'), Number.NaN, -0, new Date(0), new Date(Number.NaN)),
      fc.string(),
    )
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.jsonValue(),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
      ),
    })).any
    fc.assert(
      fc.property(value, any => {
        expect(boundedJson(any, 1e6)).toBe(JSON.stringify(any))
      }),
    )
  })

  it('writes objects that stand for values, and sparse lists', () => {
    const odd = [
      Object('a'),
      Object(1),
      Object(true),
      { toJSON: (key: string) => `the ${key}` },
      new Map([[1, 2]]),
      new Array(2),
    ]
    expect(boundedJson({ odd }, 1e6)).toBe(JSON.stringify({ odd }))
  })

  it('writes exactly as much as there is room for', () => {
    for (const value of [{ a: [1, 'b', null], c: { d: true } }, [[], {}], 'x"y', [undefined]]) {
      const text = JSON.stringify(value)
      expect(boundedJson(value, text.length)).toBe(text)
      expect(boundedJson(value, text.length - 1)).toBeUndefined()
    }
  })

  it('looks at no more of a large value than there is room for', () => {
    let asked = 0
    const list = new Proxy([] as number[], {
      get(target, key): unknown {
        asked++
        return key === 'length' ? 1e9 : Reflect.get(target, key)
      },
    })
    expect(boundedJson(list, 16_384)).toBeUndefined()
    expect(asked).toBeLessThan(40_000)
    expect(boundedJson(Buffer.alloc(50_000_000), 16_384)).toBeUndefined()
    expect(boundedJson('x'.repeat(50_000_000), 16_384)).toBeUndefined()
  })

  it('writes nothing that goes in a circle or too deep, and no whole number without end', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect([boundedJson(circle, 1e6), boundedJson({ big: 12n }, 1e6)]).toEqual([undefined, undefined])
  })
})
