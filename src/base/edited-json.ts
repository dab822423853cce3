// JSON files that people edit: parsed with the line of every value, so that an error can say where.
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { ConfigError } from './errors.ts'

/** A number as it stands in a file: a price keeps the digits that it is written with. */
export class NumberLiteral {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export interface RepeatedKey {
  readonly path: readonly (string | number)[]
  readonly line: number
}

/** A parsed file; `lineOf` is the line (from 1) of the value at a path, or of its nearest parent that exists. */
export interface EditedJson {
  value: unknown
  lineOf(path: readonly (string | number)[]): number
  /** As `value`, but with every number as a NumberLiteral. */
  literalValue(): unknown
  /** Keys that stand in their object once more, with their line: the last one is in `value`. */
  repeatedKeys(): RepeatedKey[]
}

/** What people write is nested a few levels deep; deeper than this, those who walk through it run out of stack. */
export const MOST_LEVELS = 200

/** Parses strict JSON (no comments, no trailing comma); a syntax error is a ConfigError with file and line. */
export function parseEditedJson(text: string, file: string): EditedJson {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const tooDeep = offsetTooDeep(source)
  if (tooDeep !== undefined) {
    const line = lineAt(source, tooDeep)
    throw new ConfigError('too-deep', `${file} is nested more than ${MOST_LEVELS} levels deep at line ${line}.`, {
      where: { file, line },
      hint: `Write line ${line} of ${file} with fewer brackets inside one another.`,
    })
  }
  const errors: ParseError[] = []
  const root = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false })
  const first = errors[0]
  if (first !== undefined || root === undefined) {
    const line = lineAt(source, first?.offset ?? 0)
    const why = first === undefined ? 'it is empty' : spaced(printParseErrorCode(first.error))
    throw new ConfigError('bad-json', `${file} is not valid JSON: ${why} at line ${line}.`, {
      where: { file, line },
      hint: `Fix line ${line} of ${file}.`,
    })
  }
  return {
    value: JSON.parse(source) as unknown,
    lineOf: path => lineAt(source, nearestNode(root, path).offset),
    literalValue: () => literalOf(root, source),
    repeatedKeys: () => repeatedIn(root, [], source),
  }
}

/** Where a text opens more brackets than are allowed inside one another; undefined where it does not. */
export function offsetTooDeep(json: string): number | undefined {
  let levels = 0
  let isText = false
  for (let index = 0; index < json.length; index++) {
    const character = json[index]
    if (isText) {
      if (character === '\\') index++
      else if (character === '"') isText = false
    } else if (character === '"') isText = true
    else if (character === '}' || character === ']') levels--
    else if ((character === '{' || character === '[') && ++levels > MOST_LEVELS) return index
  }
  return undefined
}

function literalOf(node: Node, source: string): unknown {
  const children = node.children ?? []
  if (node.type === 'number') return new NumberLiteral(source.slice(node.offset, node.offset + node.length))
  if (node.type === 'array') return children.map(child => literalOf(child, source))
  if (node.type !== 'object') return node.value
  return Object.fromEntries(
    children.map(({ children: pair }) => [pair![0]!.value as string, literalOf(pair![1]!, source)]),
  )
}

function repeatedIn(node: Node, path: readonly (string | number)[], source: string): RepeatedKey[] {
  const children = node.children ?? []
  if (node.type === 'array') return children.flatMap((child, index) => repeatedIn(child, [...path, index], source))
  if (node.type !== 'object') return []
  const seen = new Set<string>()
  return children.flatMap(({ children: pair, offset }) => {
    const key = pair![0]!.value as string
    const at = [...path, key]
    const own = seen.has(key) ? [{ path: at, line: lineAt(source, offset) }] : []
    seen.add(key)
    return [...own, ...repeatedIn(pair![1]!, at, source)]
  })
}

function nearestNode(root: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length))
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent : node
  }
  return root
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line++
  return line
}

function spaced(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}
