// What a command is: a value from which the parser, the help, the reference and the completion are made.
import type { Context } from './context.ts'
import type { Flag } from './flags/flag.ts'
import type { Workspace } from './workspace.ts'

export interface Argument {
  readonly name: string
  readonly help: string
  readonly isOptional?: boolean
  /** Takes all that is left. */
  readonly isMany?: boolean
  /** What the shell may offer. */
  readonly choices?: readonly string[]
}

/** What was typed: arguments by name (a list where the argument is many), flags by camelCase key. */
export interface Options {
  readonly [key: string]: unknown
}

export interface Command {
  /** The words that call it: ["profile", "edit"]. */
  readonly words: readonly string[]
  readonly summary: string
  /** More to say above the flags, in full sentences. */
  readonly description?: string
  readonly arguments?: readonly Argument[]
  readonly flags: readonly Flag[]
  /** Two or more: the command line, and what it is for. */
  readonly examples: readonly (readonly [string, string])[]
  /** The exit codes it can end with besides 0 and 2. */
  readonly exitCodes?: Readonly<Record<number, string>>
  /** Runs also where the configuration is wrong: with the defaults, and told what is wrong. */
  readonly isForBadConfiguration?: boolean
  /** Does the work and returns the exit code. Errors are thrown; the door prints them. */
  run(options: Options, context: Context, workspace: Workspace): Promise<number>
}

/** A command in the list of all: what is needed to find it, and how to load the rest. */
export interface CommandEntry {
  readonly words: readonly string[]
  readonly summary: string
  load(): Promise<Command>
}
