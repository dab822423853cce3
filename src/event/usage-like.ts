// Numbers in a line that look like usage but that its format does not read, to report them to whoever writes the log.
import type { JsonObject, JsonValue } from '../base/json.ts'
import type { Path } from './field-source.ts'
import { READ_FIELDS } from './fields.ts'
import { formatPath, placesOf, type SourceFormat } from './source-format.ts'

export interface UsageLike {
  /** A dotted path. */
  readonly field: string
  readonly value: number | string
}

const MOST_LEVELS = 4
const USAGE_WORDS = /^(?:tokens?|toks?|usages?|costs?|spend|spent|prices?|charges?|charged|credits?|billed|usd)$/
// Limits, secrets and names of things, which say nothing of what was used.
const OTHER_WORDS =
  /^(?:max|maximum|min|limit|limits|remaining|budget|quota|center|centre|id|ids|key|access|auth|csrf|refresh|session|type|rate|per)$/
const PLAIN_NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Finds them; what a format says of a line is made once for all lines. */
export function usageLikeFinder(format: SourceFormat): (line: JsonObject) => UsageLike[] {
  const isRead = new Set(READ_FIELDS.flatMap(({ name }) => placesOf(format, name).map(({ path }) => formatPath(path))))
  return line => {
    const found: UsageLike[] = []
    const look = (value: JsonValue | undefined, path: Path, isUsage: boolean) => {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        if (path.length >= MOST_LEVELS) return
        for (const [name, inner] of Object.entries(value as JsonObject)) {
          const words = wordsOf(name)
          if (words.some(word => OTHER_WORDS.test(word))) continue
          look(inner, [...path, name], isUsage || words.some(word => USAGE_WORDS.test(word)))
        }
      } else if (isUsage && isNumber(value)) {
        const field = formatPath(path)
        if (!isRead.has(field)) found.push({ field, value })
      }
    }
    look(line, [], false)
    return found
  }
}

// "promptTokens", "prompt_tokens" and "TOKENS-IN" are words.
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
}

function isNumber(value: JsonValue | undefined): value is number | string {
  return typeof value === 'number' || (typeof value === 'string' && PLAIN_NUMBER.test(value))
}
