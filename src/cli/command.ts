// What a command is: a value from which the parser, the help, the reference and the completion are made.
import type { Workspace } from '../app/workspace/workspace.ts'
import type { Context } from './context.ts'
import type { COMMON_FLAGS } from './flags/common-flags.ts'
import type { Flag, FlagOptions } from './flags/flag.ts'

export interface Argument {
  readonly name: string
  readonly help: string
  readonly isOptional?: true
  /** Takes all that is left. */
  readonly isMany?: true
  /** What the shell may offer. */
  readonly choices?: readonly string[]
}

/** What was typed: arguments by name (a list where the argument is many), flags by camelCase key. */
export interface Options {
  readonly [key: string]: unknown
}

/** The command line itself, for commands that run others. */
export interface CommandLine {
  /** Runs a command line and returns its exit code; what is wrong is printed, not thrown. */
  run(argv: readonly string[], context: Context): Promise<number>
  /** Loads all commands; what it returns throws where the words or flags of a command line are wrong. */
  loadCheck(): Promise<(argv: readonly string[]) => void>
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
  run(options: Options, context: Context, workspace: Workspace, commandLine: CommandLine): Promise<number>
}

/** What the flags that every command has give. */
export type CommonOptions = FlagOptions<(typeof COMMON_FLAGS)[number]>

type ArgumentOptions<One extends Argument> = {
  readonly [Each in One as Each['name']]: Each extends { readonly isMany: true }
    ? readonly string[] | undefined
    : Each extends { readonly isOptional: true }
      ? string | undefined
      : string
}

interface TypedCommand<Flags extends readonly Flag[], Arguments extends readonly Argument[]>
  extends Omit<Command, 'flags' | 'arguments' | 'run'> {
  readonly flags: Flags
  readonly arguments?: Arguments
  run(
    options: FlagOptions<Flags[number]> & CommonOptions & ArgumentOptions<Arguments[number]>,
    context: Context,
    workspace: Workspace,
    commandLine: CommandLine,
  ): Promise<number>
}

/** A command whose options have the types that its flags and arguments give them. */
export function defineCommand<const Flags extends readonly Flag[], const Arguments extends readonly Argument[] = []>(
  command: TypedCommand<Flags, Arguments>,
): Command {
  return command
}

/** The argument of commands that read logs. */
export const LOGS_ARGUMENT = {
  name: 'files',
  help: 'log files, folders or globs, as with --logs',
  isOptional: true,
  isMany: true,
} as const

/** A command in the list of all: what is needed to find it, and how to load the rest. */
export interface CommandEntry {
  readonly words: readonly string[]
  readonly summary: string
  load(): Promise<Command>
}
