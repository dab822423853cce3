// Reads simple configurations, as most are, without the schema: loading zod takes longer than a whole report from the
// cache. What this accepts, the schema accepts with the same meaning; everything else is left to the schema.
import type { Settings } from './configuration.ts'

/** The settings of a text; undefined where only the schema can say. */
export function readPlainSettings(text: string): Settings | undefined {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const isPlain = Object.entries(value).every(([key, setting]) => PLAIN.get(key)?.(setting) === true)
  return isPlain ? (value as Settings) : undefined
}

type Test = (value: unknown) => boolean

const isText: Test = value => typeof value === 'string'
const isSwitch: Test = value => typeof value === 'boolean'
const isOneOf = (words: readonly string[]): Test => {
  return value => typeof value === 'string' && words.includes(value)
}
const isWhole = (least: number): Test => {
  return value => Number.isSafeInteger(value) && (value as number) >= least
}

const PLAIN: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['$schema', isText],
  ['logs', value => isText(value) || (Array.isArray(value) && value.every(isText))],
  ['timezone', isText],
  ['logTimezone', isText],
  ['dedupe', isOneOf(['off', 'file', 'all'])],
  ['format', isText],
  ['top', isWhole(0)],
  ['cost', isOneOf(['auto', 'logged', 'estimated'])],
  ['currency', isText],
  ['threads', isWhole(1)],
  ['cache', isSwitch],
  ['color', isSwitch],
])

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
