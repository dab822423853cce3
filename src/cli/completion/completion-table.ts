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

/** The first words that can be typed, each once, with a summary where the word is a command by itself. */
export function firstWords(table: CompletionTable): { word: string; summary: string }[] {
  const words = new Map<string, string>()
  for (const {
    words: [word = '', verb],
    summary,
  } of table.commands) {
    if (verb === undefined) words.set(word, summary)
    else if (!words.has(word)) words.set(word, `${word} commands`)
  }
  return [...words].map(([word, summary]) => ({ word, summary }))
}

/** The commands of two words by their first. */
export function commandGroups(table: CompletionTable): Map<string, CompletionCommand[]> {
  const groups = new Map<string, CompletionCommand[]>()
  for (const command of table.commands) {
    if (command.words.length === 2) groups.set(command.words[0]!, [...(groups.get(command.words[0]!) ?? []), command])
  }
  return groups
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
