// Conditions on the text of a field: lists with wildcards and exclusions, comparisons, and parsing them.
import { compareDecimals } from '../base/decimal.ts'
import { parseJsonNumber, parseNumberText } from '../base/number-text.ts'
import { compileWildcard } from '../base/wildcard.ts'

/** A test of one column's text. A column without a value is tested as if it were '' and equals `(none)`. */
export interface Condition {
  /** A field of the event or an extra column. */
  readonly column: string
  /** By what a number of the column is divided before the test: 1000 for milliseconds that are asked for in seconds. */
  readonly divisor?: number
  readonly test: TextTest
}

export type TextTest =
  /** One of `accept` (anything where that is empty), and none of `refuse`. */
  | {
      readonly kind: 'patterns'
      readonly accept: readonly string[]
      readonly refuse: readonly string[]
      readonly match: PatternMatch
    }
  /** As numbers where both sides are; else by the order of their texts. */
  | { readonly kind: 'order'; readonly operator: '<' | '<=' | '>' | '>='; readonly value: string }

/**
 * `exact`: the text itself; `values`: the text, or the same number in another form; `wildcards`: `*` is any text; `versions`:
 * as wildcards, and `brand` is `brand_v2` too.
 */
export type PatternMatch = 'exact' | 'values' | 'wildcards' | 'versions'

export const NONE_TEXT = '(none)'
const VERSION = /_v\d+$/

/** Values of a filter flag as a test: `a,b` or `!a`. */
export function parsePatterns(values: readonly string[], match: PatternMatch = 'wildcards'): TextTest {
  return {
    kind: 'patterns',
    accept: values.filter(value => !value.startsWith('!')),
    refuse: values.filter(value => value.startsWith('!')).map(value => value.slice(1)),
    match,
  }
}

/** A function that says whether a text passes. */
export function compileTest(test: TextTest): (text: string | undefined) => boolean {
  if (test.kind === 'order') return compileOrder(test.operator, test.value)
  const accept = test.accept.map(pattern => compilePattern(pattern, test.match))
  const refuse = test.refuse.map(pattern => compilePattern(pattern, test.match))
  return text => {
    const shown = text ?? NONE_TEXT
    return (accept.length === 0 || accept.some(match => match(shown))) && !refuse.some(match => match(shown))
  }
}

/** A function that says whether a text matches one pattern. */
export function compilePattern(pattern: string, match: PatternMatch): (text: string) => boolean {
  if (match === 'exact') return text => text === pattern
  if (match === 'values') return compileValue(pattern)
  const fits = compileWildcard(pattern)
  return match === 'wildcards' ? fits : text => fits(text) || fits(text.replace(VERSION, ''))
}

// A number with leading zeros is the text of a code, and equal to itself alone.
function compileValue(wanted: string): (text: string) => boolean {
  const number = parseJsonNumber(wanted)
  if (number === undefined) return text => text === wanted
  return text => {
    if (text === wanted) return true
    const given = parseJsonNumber(text)
    return given !== undefined && compareDecimals(given, number) === 0
  }
}

function compileOrder(operator: '<' | '<=' | '>' | '>=', value: string): (text: string | undefined) => boolean {
  const wanted = parseNumberText(value)
  return text => {
    const order = text === undefined ? undefined : orderOf(text, value, wanted)
    if (order === undefined) return false
    if (operator === '<') return order < 0
    if (operator === '<=') return order <= 0
    return operator === '>' ? order > 0 : order >= 0
  }
}

// Undefined where a text is asked to be above or below a number.
function orderOf(text: string, value: string, wanted: ReturnType<typeof parseNumberText>): number | undefined {
  if (wanted === undefined) return text < value ? -1 : text > value ? 1 : 0
  const given = parseNumberText(text)
  return given === undefined ? undefined : compareDecimals(given, wanted)
}
