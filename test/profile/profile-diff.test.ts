import fc from 'fast-check'
import { applyPatch } from 'rfc6902'
import { describe, expect, it } from 'vitest'
import { formatJson } from '../../src/base/json.ts'
import { type JsonObject, parseExactJson } from '../../src/profile/exact-json.ts'
import { differencesBetween, formatDifference, isSameContent, patchBetween } from '../../src/profile/profile-diff.ts'

const one = (json: string) => parseExactJson(json) as JsonObject

describe('patchBetween', () => {
  it('is none for the same content in another order and with other digits', () => {
    expect(patchBetween(one('{"a": 1, "b": 1.50}'), one('{"b": 1.5, "a": 1.0}'))).toEqual([])
  })

  it('tells numbers apart that a double cannot', () => {
    const patch = patchBetween(one('{"a": 12345678901234567890}'), one('{"a": 12345678901234567891}'))
    expect(formatJson([...patch] as never, 0)).toBe('[{"op":"replace","path":"/a","value":12345678901234567891}]')
  })

  it('replaces a long list as a whole', () => {
    const list = JSON.stringify(Array.from({ length: 300 }, (_, index) => index))
    const patch = patchBetween(one(`{"a": ${list}}`), one(`{"a": ${list.replace('7,', '77,')}}`))
    expect(patch.map(step => [step.op, step.path])).toEqual([['replace', '/a']])
  })

  it('turns any object into any other', () => {
    const key = fc.constantFrom('a', 'b', 'checks', 'x/y', 'm~n', '')
    const objects = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true })
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const [from, to] = [before, after].map(value => JSON.parse(JSON.stringify(value)) as JsonObject)
        fc.pre(!JSON.stringify([from, to]).includes('__proto__'))
        const patched = structuredClone(from)
        applyPatch(patched, patchBetween(from!, to!) as never)
        expect(patched).toEqual(to)
      }),
      { seed: 20260202, numRuns: 300 },
    )
  })
})

describe('differencesBetween', () => {
  it('leaves out what usagebook keeps', () => {
    const before = one('{"version": 1, "pass_threshold": 80}')
    const after = one('{"version": 2, "modified_by": "ben@diageo.com", "pass_threshold": 80}')
    expect([differencesBetween(before, after), isSameContent(before, after)]).toEqual([[], true])
  })

  it('goes path by path', () => {
    const before = one('{"pass_threshold": 80, "checks": {"logo": {"weight": 2}, "tone": {}}}')
    const after = one('{"pass_threshold": 85, "checks": {"logo": {"weight": 2, "enabled": true}}, "note": "x"}')
    expect(differencesBetween(before, after).map(formatDifference)).toEqual([
      'pass_threshold 80 → 85',
      '+ checks.logo.enabled',
      '- checks.tone',
      '+ note',
    ])
  })
})
