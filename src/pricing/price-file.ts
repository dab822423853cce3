// prices.json: parsed whole or not at all, with every problem, its line and its path.
import type { z } from 'zod'
import { type EditedJson, parseEditedJson } from '../base/edited-json.ts'
import { ConfigError, type ErrorProblem } from '../base/errors.ts'
import { addAll } from '../base/lists.ts'
import { nearestNames } from '../base/nearest.ts'
import { schemaProblems } from '../base/schema-problems.ts'
import type { FileAlias, FileEntry, PriceFile } from './price-entries.ts'
import { aliasSchema, entrySchema, fileSchema } from './price-file-schema.ts'

/** What a text holds and what is wrong with its parts; a text that is no JSON is a ConfigError at once. */
export function parsePriceFile(text: string, file: string): { prices: PriceFile; problems: ErrorProblem[] } {
  const json = parseEditedJson(text, file)
  const problems: ErrorProblem[] = []
  for (const { path, line } of json.repeatedKeys()) {
    const where = { file, line, path: path.join('.') }
    problems.push({ message: 'the key is written twice', where })
  }
  const whole = collect(fileSchema, json.literalValue(), [], json, file, problems)
  const entries: FileEntry[] = []
  for (const [index, written] of (whole?.prices ?? []).entries()) {
    const path = ['prices', index]
    const entry = collect(entrySchema, written, path, json, file, problems)
    if (entry !== undefined) {
      entries.push({ ...entry, pattern: entry.model.toLowerCase(), line: json.lineOf(path), path: path.join('.') })
    }
  }
  const aliases = new Map<string, FileAlias>()
  for (const [name, written] of Object.entries(whole?.aliases ?? {})) {
    const path = ['aliases', name]
    const alias = collect(aliasSchema, written, path, json, file, problems)
    if (alias !== undefined) {
      aliases.set(name.trim().toLowerCase(), { ...alias, name, line: json.lineOf(path), path: path.join('.') })
    }
  }
  return { prices: { file, entries, aliases }, problems }
}

/** The error of a file with problems. */
export function badPrices(file: string, problems: readonly ErrorProblem[]): ConfigError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  return new ConfigError('bad-prices', `${file} has ${count}, so nothing can be priced.`, {
    where: problems[0]?.where ?? { file },
    problems,
    hint: `Fix ${file}, then see the book with "usagebook price list".`,
  })
}

function collect<T extends z.ZodType>(
  schema: T,
  value: unknown,
  base: readonly (string | number)[],
  json: EditedJson,
  file: string,
  problems: ErrorProblem[],
): z.output<T> | undefined {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  addAll(problems, schemaProblems(parsed.error, json, file, unknownKey, base))
  return undefined
}

const KEYS = ['prices', 'aliases', 'model', 'provider', 'from', 'to', 'input', 'output', 'cacheRead', 'cacheWrite']
const MORE_KEYS = [
  'cacheWrite1h',
  'reasoning',
  'above',
  'inputTokens',
  'inclusive',
  'offPeak',
  'batch',
  'flex',
  'priority',
]

function unknownKey(key: string): string {
  const near = nearestNames(key, [...KEYS, ...MORE_KEYS, 'perAnalysis', 'perCheck', 'note'], 1)[0]
  return near === undefined ? 'there is no such key' : `there is no such key; did you mean ${near}?`
}
