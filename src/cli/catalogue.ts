// The list of all commands. Each is loaded only when it is called.
import type { CommandEntry } from './command.ts'

export const CATALOGUE: readonly CommandEntry[] = []

/** The command that runs where none is named. */
export const DEFAULT_WORDS: readonly string[] = ['report']
