// What a shell can complete: all commands with their flags, loaded from the catalogue. The three scripts are made from it.
import type { Argument, Command, CommandEntry } from '../command.ts'
import type { Flag } from '../flags/flag.ts'
import { flagsOf } from '../start/parse-arguments.ts'

export interface CompletionCommand {
  readonly words: readonly string[]
  readonly summary: string
  readonly arguments: readonly Argument[]
  readonly flags: readonly CompletionFlag[]
}

export interface CompletionFlag {
  /** With dashes, all names of the flag: "--quiet", "-q". */
  readonly names: readonly string[]
  readonly help: string
  readonly value: 'none' | 'choice' | 'file' | 'folder' | 'text'
  readonly choices: readonly string[]
}

export interface CompletionTable {
  readonly commands: readonly CompletionCommand[]
  /** The words of the command that runs where none is named. */
  readonly fallback: string
}

/** Loads every command of the catalogue. */
export async function loadCompletionTable(
  catalogue: readonly CommandEntry[],
  fallback: readonly string[],
): Promise<CompletionTable> {
  const commands = await Promise.all(catalogue.map(async entry => toCompletion(entry, await entry.load())))
  return { commands, fallback: fallback.join(' ') }
}

function toCompletion(entry: CommandEntry, command: Command): CompletionCommand {
  const help: CompletionFlag = {
    names: ['--help', '-h'],
    help: 'show the help of the command',
    value: 'none',
    choices: [],
  }
  return {
    words: entry.words,
    summary: entry.summary,
    arguments: command.arguments ?? [],
    flags: [...flagsOf(command).flatMap(toFlags), help],
  }
}

function toFlags(flag: Flag): CompletionFlag[] {
  const names = [flag.name, ...(flag.aliases ?? [])].map(name => `--${name}`)
  if (flag.short !== undefined) names.push(`-${flag.short}`)
  const shared = { help: flag.help, value: valueKindOf(flag), choices: flag.choices ?? [] }
  if (flag.negated !== true) return [{ names, ...shared }]
  return [
    { names, ...shared },
    { names: [`--no-${flag.name}`], ...shared },
  ]
}

function valueKindOf(flag: Flag): CompletionFlag['value'] {
  if (flag.value === undefined) return 'none'
  if (flag.choices !== undefined) return 'choice'
  if (flag.value === 'DIR') return 'folder'
  return flag.value === 'FILE' || flag.value === 'PATH' ? 'file' : 'text'
}
