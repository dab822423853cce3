import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removeFromJson, setInJson } from '../../src/profile/edit-json.ts'

const PROFILE = `{
    "zeta": 1.50,
    "checks": {"logo": {"enabled": true,  "weight": 2.0}},
    "list": [
        1,
        2
    ],
    "alpha": 1e3
}
`

describe('setInJson', () => {
  it('replaces a value and no other byte', () => {
    expect(setInJson(PROFILE, ['checks', 'logo', 'weight'], '3')).toBe(PROFILE.replace('2.0', '3'))
  })

  it('keeps the digits that it is given', () => {
    expect(setInJson('{"a": 1}', ['a'], '1.500')).toBe('{"a": 1.500}')
  })

  it('puts a new key at the end, indented like its neighbours', () => {
    expect(setInJson(PROFILE, ['beta'], '"b"')).toBe(PROFILE.replace('1e3\n', '1e3,\n    "beta": "b"\n'))
  })

  it('puts a new key behind the last of those that it shall follow', () => {
    expect(setInJson(PROFILE, ['beta'], '"b"', ['zeta', 'nothing'])).toBe(
      PROFILE.replace('1.50,\n', '1.50,\n    "beta": "b",\n'),
    )
  })

  it('stays on the line of an object that is on one line', () => {
    expect(setInJson(PROFILE, ['checks', 'tone'], '{"weight":1}')).toBe(
      PROFILE.replace('2.0}}', '2.0}, "tone": {"weight": 1}}'),
    )
  })

  it('makes the objects on the way', () => {
    expect(setInJson('{\n  "a": {}\n}\n', ['a', 'b', 'c'], '1')).toBe('{\n  "a": {\n    "b": {"c": 1}\n  }\n}\n')
  })

  it('lays a long value out over lines', () => {
    const long = JSON.stringify({ colours: { list: ['a'], main: 'x' }, size: { least: 1 } })
    expect(setInJson('{\n\t"a": 1\n}', ['a'], long)).toBe(
      '{\n\t"a": {\n\t\t"colours": {\n\t\t\t"list": ["a"],\n\t\t\t"main": "x"\n\t\t},\n\t\t"size": {"least": 1}\n\t}\n}',
    )
  })

  it('puts an item at the end of a list', () => {
    expect(setInJson(PROFILE, ['list', 2], '3')).toBe(PROFILE.replace('2\n    ]', '2,\n        3\n    ]'))
  })

  it('keeps CRLF', () => {
    expect(setInJson('{\r\n  "a": 1\r\n}\r\n', ['b'], '2')).toBe('{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n')
  })

  it('keeps a text without white space so', () => {
    expect(setInJson('{"a":1}', ['b', 'c'], '{"d": [1, 2]}')).toBe('{"a":1,"b":{"c":{"d":[1,2]}}}')
  })
})

describe('removeFromJson', () => {
  it('removes the first key with its comma', () => {
    expect(removeFromJson(PROFILE, ['zeta'])).toBe(PROFILE.replace('"zeta": 1.50,\n    ', ''))
  })

  it('removes the last key with the comma before it', () => {
    expect(removeFromJson(PROFILE, ['alpha'])).toBe(PROFILE.replace(',\n    "alpha": 1e3', ''))
  })

  it('leaves an empty object where the only key goes', () => {
    expect(removeFromJson(PROFILE, ['checks', 'logo'])).toBe(PROFILE.replace(/\{"logo".*\}/, '{}'))
  })

  it('removes the last item of a list on one line', () => {
    expect(removeFromJson('{"a": ["x", "y"]}', ['a', 1])).toBe('{"a": ["x"]}')
  })
})

describe('any JSON object', () => {
  const key = fc.string({ minLength: 1, maxLength: 6 }).filter(text => text !== '__proto__')
  const objects = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true })
  const spaces = fc.constantFrom(undefined, 1, 2, 4, '\t')
  const options = { seed: 20260202, numRuns: 500 }

  it('parses, after a key was set, as the object with that key', () => {
    fc.assert(
      fc.property(objects, spaces, key, fc.jsonValue({ maxDepth: 2 }), (object, space, name, value) => {
        const text = setInJson(JSON.stringify(object, null, space), [name], JSON.stringify(value))
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...object, [name]: value })))
      }),
      options,
    )
  })

  it('is the same text again, after a key was set and removed', () => {
    fc.assert(
      fc.property(objects, spaces, key, (object, space, name) => {
        fc.pre(!Object.hasOwn(object, name) && Object.keys(object).length > 0)
        const text = JSON.stringify(object, null, space)
        expect(removeFromJson(setInJson(text, [name], '1'), [name])).toBe(text)
      }),
      options,
    )
  })
})
