// A flag is one value: its name, help, group and parser. The parser, the help texts, the reference and the completion
// scripts are all made from these values. Parsing touches no file.
import { optionName, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { splitValues } from '../../base/value-list.ts'

export type FlagGroup = 'Range' | 'Filters' | 'Input' | 'Output' | 'Money' | 'Checks' | 'Profile' | 'Log' | 'General'

export interface FlagName {
  readonly name: string
}

export interface Flag {
  /** Long name without dashes: "last-days". The option's key is its camelCase form. */
  readonly name: string
  readonly short?: string
  /** Other long names of the same flag. */
  readonly aliases?: readonly string[]
  /** What stands for the value in help ("N"); absent for a switch. */
  readonly value?: string
  readonly help: string
  readonly group: FlagGroup
  /** Text to value; throws a UsageError made by `flagError`. Absent: the text itself, or true for a switch. */
  readonly parse?: (text: string, flag: FlagName) => unknown
  /** May be given several times; the option is a list of what `parse` gave (lists are joined). */
  readonly repeats?: boolean
  /** A switch that is on unless `--no-NAME` is given; the option is a boolean. `name` is given without "no-". */
  readonly negated?: boolean
  /** What values the shell may offer. */
  readonly choices?: readonly string[]
  /** Also read from USAGEBOOK_NAME and from the configuration; false for what only makes sense typed. */
  readonly configurable?: boolean
  /** Values that are switches too: --json for --format json. */
  readonly switches?: readonly string[]
  /** Its setting is weighed against others by who reads the option, and not merged into the options. */
  readonly hasLooseSetting?: boolean
  /** Its key in the configuration, where that is not the option's; null where only the environment sets it. */
  readonly setting?: string | null
}

/** `last-days` as `lastDays`: the key of a flag in the options. */
export function optionKey(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The key of a flag in the configuration. */
export function settingKey({ name, setting }: Flag): string | null {
  return setting === undefined ? optionKey(name) : setting
}

export function flagError(flag: FlagName, text: string, why: string, hint: string, code = 'bad-flag'): UsageError {
  const option = optionKey(flag.name)
  return new UsageError(code, `${optionName(option)} ${JSON.stringify(text)}: ${why}.`, {
    where: { option },
    hint,
  })
}

/** A parser for one of a few words; says which they are, the nearest first where there are many. */
export function oneOf<T extends string>(words: readonly T[]): (text: string, flag: FlagName) => T {
  return (text, flag) => {
    const word = words.find(candidate => candidate === text.toLowerCase())
    if (word !== undefined) return word
    const near = nearestNames(text, words, 1)[0]
    const hint = near === undefined ? `Use one of ${words.join(', ')}.` : `Use ${near}, or one of ${words.join(', ')}.`
    throw flagError(flag, text, 'no such value', hint)
  }
}

/** A parser for a whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string, flag: FlagName) => number {
  return (text, flag) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`
    throw flagError(flag, text, 'not a number that fits', `Give a whole number ${range}.`)
  }
}

/** A parser for a list of values, of which one with a comma is in quotes; empty ones are dropped. */
export function listOfValues(text: string, flag: FlagName): string[] {
  const values = splitValues(text)
  if (values !== undefined) return values.filter(value => value !== '')
  throw flagError(flag, text, 'a quote is not closed', `Close it, as in ${optionName(optionKey(flag.name))} '"a,b"'.`)
}

/** A parser for a comma-separated list; empty parts are dropped. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

/** A parser for a comma-separated list of a few words. */
export function listOfWords<T extends string>(words: readonly T[]): (text: string, flag: FlagName) => T[] {
  const parse = oneOf(words)
  return (text, flag) => listOf(text).map(part => parse(part, flag))
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A length of time as milliseconds: "30m", "90s", "1h", "1d"; of a second to a week. */
export function parseDuration(text: string, flag: FlagName): number {
  const match = /^(\d{1,7})([smhd])$/.exec(text)
  const ms = match === null ? 0 : Number(match[1]) * UNIT_MS[match[2]!]!
  if (ms >= 1000 && ms <= 7 * 86_400_000) return ms
  throw flagError(flag, text, 'no length of time that fits', 'Write a number and s, m, h or d, such as 30m, up to 7d.')
}
