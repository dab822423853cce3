// Conditions on the text of a field: lists with wildcards and exclusions, comparisons, and parsing them.

/** A test of one column's text. A column without a value is tested as if it were '' and equals `(none)`. */
export interface Condition {
  /** A field of the event or an extra column. */
  readonly column: string
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

/** `exact`: the text itself; `wildcards`: `*` is any text; `versions`: as wildcards, and `brand` is `brand_v2` too. */
export type PatternMatch = 'exact' | 'wildcards' | 'versions'

export const NONE_TEXT = '(none)'

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
  const hasVersions = match === 'versions'
  if (match === 'exact' || (!pattern.includes('*') && !hasVersions)) return text => text === pattern
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}${hasVersions ? '(_v\\d+)?' : ''}$`, 'su')
  return text => expression.test(text)
}

export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*')
}

function compileOrder(operator: '<' | '<=' | '>' | '>=', value: string): (text: string | undefined) => boolean {
  const wanted = Number(value)
  const isNumeric = value.trim() !== '' && !Number.isNaN(wanted)
  return text => {
    if (text === undefined) return false
    const given = Number(text)
    const areNumbers = isNumeric && text.trim() !== '' && !Number.isNaN(given)
    if (isNumeric && !areNumbers) return false
    const order = areNumbers ? given - wanted : text < value ? -1 : text > value ? 1 : 0
    if (operator === '<') return order < 0
    if (operator === '<=') return order <= 0
    return operator === '>' ? order > 0 : order >= 0
  }
}
