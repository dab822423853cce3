// Texts that are numbers, with all their digits.
import { type Decimal, parseDecimal } from './decimal.ts'

/** Longer texts are no numbers: a line of digits must not keep somebody waiting. */
const LONGEST = 32_768
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The number that a text is; leading zeros and a plus do no harm. */
export function parseNumberText(text: string): Decimal | undefined {
  return text.length <= LONGEST ? parseDecimal(text) : undefined
}

/** The number that a text is as JSON writes numbers. */
export function parseJsonNumber(text: string): Decimal | undefined {
  return JSON_NUMBER.test(text) ? parseNumberText(text) : undefined
}
