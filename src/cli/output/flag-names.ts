// How messages name options on the command line: by the flag as it was typed. Whoever typed --since reads of --since, not of
// --start-date.
import { flagWord, optionKey } from '../../app/request/flag-word.ts'
import type { Flag } from '../flags/flag.ts'

/** The words of a command line behind its command, and the flags that they may hold. */
export interface TypedFlags {
  readonly words: readonly string[]
  readonly flags: readonly Flag[]
}

/** How errors name options. */
export function flagNames({ words, flags }: TypedFlags): (option: string) => string {
  const isTyped = (name: string) => words.some(word => word === `--${name}` || word.startsWith(`--${name}=`))
  const typed = new Map(
    flags.map(({ name, aliases = [] }) => [optionKey(name), isTyped(name) ? name : aliases.find(isTyped)]),
  )
  // What is no flag is named as it was typed.
  return option => (option.startsWith('-') ? option : `--${typed.get(option) ?? flagWord(option)}`)
}
