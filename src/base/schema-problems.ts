// What zod found wrong in a file that people edit, in words, with the line of each.
import type { z } from 'zod'
import type { EditedJson } from './edited-json.ts'
import type { ErrorProblem } from './errors.ts'

type Issue = z.core.$ZodIssue

/** Every problem, in the order of the lines. `unknownKey` words a key that the schema does not have; `base` is the path of
 * the value that was parsed, where that is a part of the file. */
export function schemaProblems(
  error: z.ZodError,
  json: EditedJson,
  file: string,
  unknownKey: (key: string, path: readonly string[]) => string = () => 'there is no such key',
  base: readonly (string | number)[] = [],
): ErrorProblem[] {
  const problems = error.issues.flatMap(issue => {
    const { path, issue: inner } = deepest(issue, base)
    const missing = valueAt(json.value, path) === undefined ? 'is missing: ' : ''
    if (inner.code !== 'unrecognized_keys') return [{ path, message: `${missing}${messageOf(inner)}` }]
    return inner.keys.map(key => ({ path: [...path, key], message: unknownKey(key, path.map(String)) }))
  })
  return problems
    .map(({ path, message }) => ({
      message,
      where: { file, line: json.lineOf(path), ...(path.length === 0 ? {} : { path: path.join('.') }) },
    }))
    .sort((a, b) => a.where.line - b.where.line)
}

/** Where several forms are allowed, the one that fits furthest is the one that was meant. */
function deepest(issue: Issue, above: readonly (string | number)[]): { path: (string | number)[]; issue: Issue } {
  const path = [...above, ...issue.path.map(step => (typeof step === 'number' ? step : String(step)))]
  if (issue.code !== 'invalid_union' || hasOwnWords(issue)) return { path, issue }
  const branches = issue.errors.flatMap(branch => branch.slice(0, 1)).map(inner => deepest(inner, path))
  const best = branches.reduce((a, b) => (depthOf(b) > depthOf(a) ? b : a), branches[0] ?? { path, issue })
  return depthOf(best) > path.length ? best : { path, issue }
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | null)?.[step], value)
}

// A wrong key counts as one step inside: the rest of that form did fit.
function depthOf({ path, issue }: { path: readonly unknown[]; issue: Issue }): number {
  return path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)
}

// Whether the schema words this mistake itself.
function hasOwnWords(issue: Issue): boolean {
  return !/^(Invalid|Too|Unrecognized)/.test(issue.message)
}

function messageOf(issue: Issue): string {
  if (hasOwnWords(issue)) return issue.message
  if (issue.code === 'invalid_type') return `expected ${kindOf(issue.expected)}`
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(value => JSON.stringify(value)).join(', ')
    return issue.values.length === 1 ? `expected ${values}` : `expected one of ${values}`
  }
  if (issue.code === 'invalid_union') {
    const kinds = issue.errors.flat().map(inner => (inner.code === 'invalid_type' ? kindOf(inner.expected) : undefined))
    const known = [...new Set(kinds)].filter(kind => kind !== undefined)
    if (known.length > 0) return `expected ${known.join(' or ')}`
  }
  if (issue.code === 'too_small')
    return issue.inclusive === false ? `must be more than ${issue.minimum}` : `expected ${issue.minimum} or more`
  if (issue.code === 'too_big')
    return issue.inclusive === false ? `must be less than ${issue.maximum}` : `expected ${issue.maximum} or less`
  // Of a record's wrong key the cause is told one level down.
  if (issue.code === 'invalid_key' && issue.issues[0] !== undefined) return messageOf(issue.issues[0])
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
}

function kindOf(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'a list',
  }
  return kinds[expected] ?? expected
}
