// Parsers for the texts of options, the same for every door. None touches a file.
import { DURATION_HINT, durationMs } from '../../base/duration.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { parseTimeText } from '../../base/parse-time.ts'
import { splitValues } from '../../base/value-list.ts'
import type { Instant } from '../../base/zone.ts'

/** Text to value, or a UsageError made by `optionError`. */
export type ParseOption<Value> = (text: string, option: string) => Value

export function optionError(option: string, text: string, why: string, hint: string, code = 'bad-flag'): UsageError {
  return new UsageError(code, `${optionName(option)} ${JSON.stringify(text)}: ${why}.`, { where: { option }, hint })
}

/** One of a few words; the error says which they are, the nearest first where there are many. */
export function oneOf<const Word extends string>(words: readonly Word[]): ParseOption<Word> {
  return (text, option) => {
    const word = words.find(candidate => candidate === text.toLowerCase())
    if (word !== undefined) return word
    const near = nearestNames(text, words, 1)[0]
    const hint = near === undefined ? `Use one of ${words.join(', ')}.` : `Use ${near}, or one of ${words.join(', ')}.`
    throw optionError(option, text, 'no such value', hint)
  }
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): ParseOption<number> {
  return (text, option) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`
    throw optionError(option, text, 'not a valid number', `Give a whole number ${range}.`)
  }
}

/** A list of values, of which one with a comma is in quotes; empty ones are dropped. */
export function listOfValues(text: string, option: string): string[] {
  const values = splitValues(text)
  if (values !== undefined) return values.filter(value => value !== '')
  throw optionError(option, text, 'a quote is not closed', `Close it, as in ${optionName(option)} '"a,b"'.`)
}

/** A comma-separated list; empty parts are dropped. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

/** A comma-separated list of a few words. */
export function listOfWords<const Word extends string>(words: readonly Word[]): ParseOption<Word[]> {
  const parse = oneOf(words)
  return (text, option) => listOf(text).map(part => parse(part, option))
}

/** A length of time as milliseconds: "30m", "90s", "1h", "1d"; of a second to a week. */
export function parseDuration(text: string, option: string): number {
  const ms = durationMs(text)
  if (ms !== undefined) return ms
  throw optionError(option, text, 'not a valid length of time', `Write ${DURATION_HINT}.`)
}

/** An age in days: "90d", "12w". */
export function parseAge(text: string, option: string): number {
  if (/^\d{1,5}[dw]$/.test(text)) return daysOfAge(text)
  throw optionError(option, text, 'not an age', 'Give days or weeks, such as 90d or 12w.')
}

/** Of an age that is known to be one. */
export function daysOfAge(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('w') ? 7 : 1)
}

/** A day, which is its first instant in UTC, or an instant; prices are dated in UTC. */
export function parseUtcInstant(text: string, option: string): Instant {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? parseTimeText(text) : undefined
  if (time !== undefined) return time.ms as Instant
  const hint = 'Give a day like 2026-02-02, or an instant like 2026-02-02T12:00:00Z.'
  throw optionError(option, text, 'neither a day nor an instant', hint)
}
