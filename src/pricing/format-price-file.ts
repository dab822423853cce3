// The text of prices.json: one entry per line, numbers as they were written.
import { NumberLiteral } from '../base/edited-json.ts'
import type { WrittenBook } from './import-plan.ts'

export function formatPriceFile(book: WrittenBook): string {
  const parts: string[] = []
  if (book.schema !== undefined) parts.push(`  "$schema": ${lineOf(book.schema)}`)
  parts.push(`  "prices": [${book.prices.map(entry => `\n    ${lineOf(entry)}`).join(',')}\n  ]`)
  const aliases = Object.entries(book.aliases).map(
    ([name, written]) => `\n    ${JSON.stringify(name)}: ${lineOf(written)}`,
  )
  if (aliases.length > 0) parts.push(`  "aliases": {${aliases.join(',')}\n  }`)
  return `{\n${parts.join(',\n')}\n}\n`
}

function lineOf(value: unknown): string {
  if (value instanceof NumberLiteral) return value.text
  if (Array.isArray(value)) return `[${value.map(lineOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${lineOf(item)}`)
  return `{${pairs.join(', ')}}`
}
