import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { parseEditedJson } from '../../src/base/edited-json.ts'
import { schemaProblems } from '../../src/base/schema-problems.ts'

const schema = z.strictObject({
  clients: z.record(z.string(), z.strictObject({ name: z.string().optional(), profiles: z.array(z.string()) })),
  threshold: z.int().min(0).max(100).optional(),
  logs: z.union([z.string(), z.array(z.union([z.string(), z.strictObject({ path: z.string() })]))]).optional(),
  cost: z.enum(['auto', 'logged']).optional(),
})

function problemsOf(text: string): string[] {
  const json = parseEditedJson(text, 'clients.json')
  const parsed = schema.safeParse(json.value)
  return schemaProblems(parsed.error!, json, 'clients.json').map(
    problem => `${problem.where!.line} ${problem.where!.path}: ${problem.message}`,
  )
}

describe('schemaProblems', () => {
  test('says what was expected, with line and path, in the order of the lines', () => {
    expect(problemsOf('{"threshold": "high",\n"cost": "free",\n"clients": {"diageo":\n{"profiles": [7]}}}')).toEqual([
      '1 threshold: expected a number',
      '2 cost: expected one of "auto", "logged"',
      '4 clients.diageo.profiles.0: expected text',
    ])
  })

  test('names a key that is missing, at the line of its parent', () => {
    expect(problemsOf('{\n"clients": {\n"diageo": {}}}')).toEqual([
      '3 clients.diageo.profiles: is missing: expected a list',
    ])
  })

  test('names every unknown key', () => {
    expect(problemsOf('{"clients": {},\n"a": 1,\n"b": 2}')).toEqual([
      '2 a: there is no such key',
      '3 b: there is no such key',
    ])
  })

  test('names the bounds of a number', () => {
    expect(problemsOf('{"clients": {}, "threshold": 101}')).toEqual(['1 threshold: expected 100 or less'])
    expect(problemsOf('{"clients": {}, "threshold": -1}')).toEqual(['1 threshold: expected 0 or more'])
  })

  test('says of a bound whether it is allowed itself', () => {
    const own = z.strictObject({ limit: z.number().positive(), part: z.number().lt(1) })
    const json = parseEditedJson('{"limit": 0, "part": 1}', 'alerts.json')
    const problems = schemaProblems(own.safeParse(json.value).error!, json, 'alerts.json')
    expect(problems.map(problem => problem.message)).toEqual(['must be more than 0', 'must be less than 1'])
  })

  test('names all kinds that are allowed where none fits', () => {
    expect(problemsOf('{"clients": {}, "logs": 7}')).toEqual(['1 logs: expected text or a list'])
  })

  test('leaves the words of a schema as they are', () => {
    const own = z.strictObject({ name: z.string().min(1, 'needs a name') })
    const json = parseEditedJson('{"name": ""}', 'clients.json')
    const problems = schemaProblems(own.safeParse(json.value).error!, json, 'clients.json')
    expect(problems.map(problem => problem.message)).toEqual(['needs a name'])
  })

  test('looks into the form that fits furthest', () => {
    expect(problemsOf('{"clients": {}, "logs": ["a", {"path": 7}]}')).toEqual(['1 logs.1.path: expected text'])
    expect(problemsOf('{"clients": {}, "logs": [{"path": "a", "form": "x"}]}')).toEqual([
      '1 logs.0.form: there is no such key',
    ])
  })
})
