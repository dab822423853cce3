// Changes one value in a JSON text and leaves every other byte as it is: order, indentation, line ends, digits.
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser'
import type { JsonPath } from './exact-json.ts'
import { type JsonStyle, layOutJson } from './lay-out-json.ts'

/**
 * The text with `json` (JSON text, kept digit for digit) at `path`; objects on the way are made. The parent of the
 * first step that is not there must be an object, or an array of which the step is the next index. A new key stands
 * behind the last of the keys `after` that are there, else at the end.
 */
export function setInJson(text: string, path: JsonPath, json: string, after: readonly string[] = []): string {
  const root = parseTree(text)!
  const node = findNodeAtLocation(root, [...path])
  if (node !== undefined) {
    const laidOut = layOutJson(json, styleAt(text, node.offset, text.includes('\n')))
    return replace(text, node.offset, node.offset + node.length, laidOut)
  }
  const depth = deepestParent(root, path)
  const parent = findNodeAtLocation(root, path.slice(0, depth))!
  const nested = path.slice(depth + 1).reduceRight<string>((inner, key) => `{${JSON.stringify(key)}:${inner}}`, json)
  return insert(text, parent, path[depth]!, nested, after)
}

/** The text without the value at `path`, which must be there. */
export function removeFromJson(text: string, path: JsonPath): string {
  const node = findNodeAtLocation(parseTree(text)!, [...path])!
  const item = node.parent?.type === 'property' ? node.parent : node
  const container = item.parent!
  const siblings = container.children!
  const index = siblings.indexOf(item)
  if (siblings.length === 1) return replace(text, container.offset + 1, endOf(container) - 1, '')
  return index === 0
    ? replace(text, item.offset, siblings[1]!.offset, '')
    : replace(text, endOf(siblings[index - 1]!), endOf(item), '')
}

function deepestParent(root: Node, path: JsonPath): number {
  let depth = path.length - 1
  while (findNodeAtLocation(root, path.slice(0, depth)) === undefined) depth--
  return depth
}

function insert(text: string, parent: Node, key: string | number, json: string, after: readonly string[]): string {
  const siblings = parent.children!
  const isObject = parent.type === 'object'
  const first = siblings[0]
  const isLong =
    first === undefined ? isObject && text.includes('\n') : text.slice(parent.offset, first.offset).includes('\n')
  const style = styleAt(text, first?.offset ?? parent.offset, isLong)
  const outer = style.indent
  if (first === undefined) style.indent += isLong ? style.step : ''
  const colon = style.isCompact ? ':' : ': '
  const item = `${isObject ? `${JSON.stringify(key)}${colon}` : ''}${layOutJson(json, style)}`
  if (first === undefined) {
    const inside = isLong ? `${style.newline}${style.indent}${item}${style.newline}${outer}` : item
    return replace(text, parent.offset + 1, endOf(parent) - 1, inside)
  }
  const separator = isLong ? `,${style.newline}${style.indent}` : style.isCompact ? ',' : ', '
  const place = isObject ? placeAfter(siblings, after) : siblings.length
  const at = place === 0 ? first.offset : endOf(siblings[place - 1]!)
  return replace(text, at, at, place === 0 ? `${item}${separator}` : `${separator}${item}`)
}

function placeAfter(properties: readonly Node[], after: readonly string[]): number {
  const last = properties.findLastIndex(property => after.includes(property.children![0]!.value as string))
  return last === -1 ? properties.length : last + 1
}

function styleAt(text: string, offset: number, isLong: boolean): JsonStyle {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const step = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
  return {
    indent: /^[ \t]*/.exec(text.slice(lineStart, offset))![0],
    step,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    isLong,
    isCompact: isCompact(text),
  }
}

function isCompact(text: string): boolean {
  return /^\s*\{\s*"(?:[^"\\]|\\.)*":\S/.test(text)
}

function replace(text: string, from: number, to: number, inside: string): string {
  return text.slice(0, from) + inside + text.slice(to)
}

function endOf(node: Node): number {
  return node.offset + node.length
}
