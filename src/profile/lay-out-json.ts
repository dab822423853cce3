// Formats a JSON text for the place where it is inserted: short values on one line, the rest indented. Scalars keep
// their text.
import { type Node, parseTree } from 'jsonc-parser'

export interface JsonStyle {
  /** White space before the line in which the value starts. */
  indent: string
  /** One level of indentation. */
  step: string
  newline: string
  /** Whether the value may take several lines. */
  isLong: boolean
  /** Whether nothing stands behind colons and commas. */
  isCompact: boolean
}

const LONGEST_LINE = 72

/** The text of a whole file, an object, for people: one that came on one line gets a line for each key. */
export function layOutFile(text: string): string {
  const properties = parseTree(text)!.children ?? []
  if (text.trim().includes('\n') || properties.length === 0) return text
  const style = { indent: '', step: '  ', newline: '\n', isLong: true, isCompact: false }
  return `{\n${properties.map(property => `  ${item(property, text, '  ', style)}`).join(',\n')}\n}\n`
}

export function layOutJson(json: string, style: JsonStyle): string {
  return layOut(parseTree(json)!, json, style.indent, style)
}

function layOut(node: Node, json: string, indent: string, style: JsonStyle): string {
  const children = node.children ?? []
  if (node.type !== 'object' && node.type !== 'array') return json.slice(node.offset, node.offset + node.length)
  const [open, close] = node.type === 'object' ? ['{', '}'] : ['[', ']']
  const isFlat = children.every(child => (valueNode(child).children ?? []).length === 0)
  const line = `${open}${children.map(child => item(child, json, indent, { ...style, isLong: false })).join(style.isCompact ? ',' : ', ')}${close}`
  if (!style.isLong || (isFlat && line.length <= LONGEST_LINE)) return line
  const inner = indent + style.step
  const items = children.map(child => inner + item(child, json, inner, style))
  return `${open}${style.newline}${items.join(`,${style.newline}`)}${style.newline}${indent}${close}`
}

function item(node: Node, json: string, indent: string, style: JsonStyle): string {
  if (node.type !== 'property') return layOut(node, json, indent, style)
  const key = node.children![0]!
  return `${json.slice(key.offset, key.offset + key.length)}${style.isCompact ? ':' : ': '}${layOut(valueNode(node), json, indent, style)}`
}

function valueNode(node: Node): Node {
  return node.type === 'property' ? node.children![1]! : node
}
