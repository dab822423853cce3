// A value of a line in a few words, for messages about what is wrong with it.
import { visibleText } from '../base/safe-text.ts'

const LONGEST_TEXT = 40

/** A short and harmless copy of a value; a number stands as it was written, if that is known. */
export function describeValue(value: unknown, literal?: string): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = visibleText(shortened(typeof value === 'string' ? value : (literal ?? String(value))))
  return typeof value === 'string' ? `"${text}"` : text
}

function shortened(text: string): string {
  const characters = [...text.slice(0, 2 * LONGEST_TEXT)]
  const isWhole = text.length <= 2 * LONGEST_TEXT && characters.length <= LONGEST_TEXT
  return isWhole ? text : `${characters.slice(0, LONGEST_TEXT - 1).join('')}…`
}
