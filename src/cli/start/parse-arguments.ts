// From the command line to options: finds the command by its words, then lets commander parse its flags.
import { CommanderError, Option, Command as Parser } from 'commander'
import { optionKey } from '../../app/request/flag-word.ts'
import { optionError } from '../../app/request/parse-option.ts'
import { UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Command, CommandEntry, Options } from '../command.ts'
import { groupIn, nextWords } from '../command-words.ts'
import { COMMON_FLAGS } from '../flags/common-flags.ts'
import type { Flag } from '../flags/flag.ts'

/** No command is called by more. */
const MOST_WORDS = 3

export interface FoundCommand {
  entry: CommandEntry
  /** What is left of the command line for it. */
  rest: string[]
}

/**
 * The command whose words stand first, leading common flags skipped; `fallback` where the line names none, or begins with
 * a word that is the fallback's: what it takes for a name.
 */
export function findCommand(
  argv: readonly string[],
  catalogue: readonly CommandEntry[],
  fallback: CommandEntry,
  fallbackWords: FallbackWords = { names: [], isLogs: () => false },
): FoundCommand {
  const start = skipCommonFlags(argv)
  const words = argv.slice(start, start + MOST_WORDS)
  for (let length = words.length; length > 0; length--) {
    const entry = catalogue.find(
      candidate => candidate.words.length === length && candidate.words.every((word, index) => word === words[index]),
    )
    if (entry !== undefined) return { entry, rest: [...argv.slice(0, start), ...argv.slice(start + length)] }
  }
  const word = words[0]
  const isFallback =
    word === undefined || word.startsWith('-') || fallbackWords.names.includes(word) || fallbackWords.isLogs(word)
  if (isFallback) return { entry: fallback, rest: [...argv] }
  throw unknownCommand(words, catalogue, fallbackWords.names)
}

/** Words that need no command before them. */
export interface FallbackWords {
  readonly names: readonly string[]
  isLogs(word: string): boolean
}

/** Parses the rest of the line for a command. Only what was typed is in the options: defaults are the reader's. */
export function parseArguments(command: Command, rest: readonly string[]): Options {
  const options: Record<string, unknown> = {}
  const parser = new Parser(command.words.join(' '))
  parser.exitOverride().configureOutput({ writeErr: ignoreText, writeOut: ignoreText })
  parser.helpOption(false).allowExcessArguments(false).showSuggestionAfterError(false)
  for (const argument of command.arguments ?? []) {
    const name = `${argument.name}${argument.isMany === true ? '...' : ''}`
    parser.argument(argument.isOptional === true ? `[${name}]` : `<${name}>`, argument.help)
  }
  const flags = flagsOf(command)
  for (const flag of typedFlags(flags, rest)) {
    for (const option of toCommanderOptions(flag)) {
      parser.addOption(option)
      parser.on(`option:${option.name()}`, (text: string | null) => addValue(options, flag, option, text))
    }
    for (const word of flag.switches ?? []) {
      const option = new Option(`--${word}`)
      parser.addOption(option)
      parser.on(`option:${word}`, () => addValue(options, flag, option, word))
    }
  }
  try {
    parser.parse([...rest], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) throw usageErrorOf(error, command, flags)
    throw error
  }
  ;(command.arguments ?? []).forEach((argument, index) => {
    const value: unknown = parser.processedArgs[index]
    if (value !== undefined) options[argument.name] = value
  })
  return options
}

/** All flags of a command, its own first; a command may have its own flag under a common name. */
export function flagsOf(command: Pick<Command, 'flags'>): readonly Flag[] {
  const own = new Set(command.flags.map(flag => flag.name))
  return [...command.flags, ...COMMON_FLAGS.filter(flag => !own.has(flag.name))]
}

// The parser takes longer to learn all flags than for the rest. It learns those that were typed, unless there is one that is
// not known as it stands: that may be an error, which names others, or short flags in one word.
function typedFlags(flags: readonly Flag[], rest: readonly string[]): readonly Flag[] {
  const byWord = new Map<string, Flag>()
  for (const flag of flags) for (const word of wordsOf(flag)) byWord.set(word, flag)
  const typed = new Set<Flag>()
  for (const text of rest) {
    if (!text.startsWith('-')) continue
    const flag = byWord.get(text.startsWith('--') ? text.split('=', 1)[0]! : text)
    if (flag === undefined) return flags
    typed.add(flag)
  }
  return [...typed]
}

function wordsOf({ name, short, negated, aliases = [], switches = [] }: Flag): string[] {
  const words = [name, ...aliases, ...switches].map(word => `--${word}`)
  if (short !== undefined) words.push(`-${short}`)
  if (negated === true) words.push(`--no-${name}`)
  return words
}

function toCommanderOptions(flag: Flag): Option[] {
  const value = flag.value === undefined ? '' : ` <${flag.value}>`
  const short = flag.short === undefined ? '' : `-${flag.short}, `
  const names = [`${short}--${flag.name}${value}`, ...(flag.aliases ?? []).map(alias => `--${alias}${value}`)]
  if (flag.negated === true) names.push(`--no-${flag.name}`)
  return names.map(name => new Option(name, flag.help))
}

function addValue(options: Record<string, unknown>, flag: Flag, option: Option, text: string | null): void {
  const key = optionKey(flag.name)
  if (flag.value === undefined) {
    options[key] = flag.negated !== true || !option.negate
    return
  }
  const value = text === null || text === '' ? [] : parseFlagValue(flag, text)
  // Nothing is most often a variable of a script that is not set: as "no filter" it would report everything.
  if (Array.isArray(value) && value.length === 0) throw withoutValue(flag, text ?? '')
  if (flag.repeats !== true) {
    if (options[key] !== undefined) throw givenTwice(flag)
    options[key] = value
    return
  }
  const before = (options[key] ?? []) as unknown[]
  options[key] = [...before, ...(Array.isArray(value) ? value : [value])]
}

export function parseFlagValue(flag: Flag, text: string): unknown {
  return flag.parse === undefined ? text : flag.parse(text, optionKey(flag.name))
}

function withoutValue(flag: Flag, text: string): UsageError {
  const hint = `Write --${flag.name} ${flag.value}, or leave --${flag.name} out.`
  return optionError(optionKey(flag.name), text, 'there is no value in it', hint, 'flag-needs-value')
}

function givenTwice(flag: Flag): UsageError {
  return new UsageError('flag-twice', `--${flag.name} was given twice.`, {
    where: { option: optionKey(flag.name) },
    hint: `Give --${flag.name} once.`,
  })
}

function skipCommonFlags(argv: readonly string[]): number {
  let index = 0
  while (index < argv.length) {
    const text = argv[index]!
    const flag: Flag | undefined = COMMON_FLAGS.find(
      (candidate: Flag) =>
        text === `--${candidate.name}` || text === `-${candidate.short}` || text === `--no-${candidate.name}`,
    )
    // --no-config has no value, though --config has one.
    if (flag !== undefined) index += flag.value === undefined || text.startsWith('--no-') ? 1 : 2
    else if (/^--(root|config)=/.test(text)) index++
    else break
  }
  return index
}

function unknownCommand(
  words: readonly string[],
  catalogue: readonly CommandEntry[],
  fallbackNames: readonly string[],
): UsageError {
  const first = words[0]!
  const group = groupIn(catalogue, words)
  if (group.length > 0) {
    const before = group.join(' ')
    const next = nextWords(catalogue, group).map(({ word }) => word)
    const word = words[group.length]
    const typed = word === undefined || word.startsWith('-') ? undefined : word
    const message =
      typed === undefined
        ? `"${before}" needs a ${group.length === 1 ? 'second' : 'third'} word.`
        : `There is no command "${before} ${typed}".`
    const near = typed === undefined ? undefined : nearestNames(typed, next, 1)[0]
    return new UsageError('unknown-command', message, {
      hint: near === undefined ? `Use one of: ${next.join(', ')}.` : `Use "usagebook ${before} ${near}".`,
    })
  }
  const names = new Set([...catalogue.map(entry => entry.words[0]!), ...fallbackNames])
  const near = nearestNames(first, names, 1)[0]
  return new UsageError('unknown-command', `There is no command "${first}".`, {
    hint: near === undefined ? 'See "usagebook --help" for the commands.' : `Use "usagebook ${near}".`,
  })
}

function usageErrorOf(error: CommanderError, command: Command, flags: readonly Flag[]): UsageError {
  const help = `See "usagebook ${command.words.join(' ')} --help".`
  const text = error.message.replace(/^error: /, '')
  const typed = /'(--?[^']+)'/.exec(text)?.[1]
  if (error.code === 'commander.unknownOption' && typed !== undefined) {
    const names = flags.flatMap(flag => [flag.name, ...(flag.aliases ?? []), ...(flag.switches ?? [])])
    const near = nearestNames(typed.split('=')[0]!.replace(/^-+/, ''), names, 1)[0]
    return new UsageError('unknown-flag', `There is no flag ${typed}.`, {
      where: { option: typed },
      hint: near === undefined ? help : `Use --${near}, or see --help.`,
    })
  }
  if (error.code === 'commander.optionMissingArgument') {
    const flag = flags.find(candidate => text.includes(`--${candidate.name} `))
    return new UsageError('flag-needs-value', `--${flag?.name ?? '?'} needs a value.`, {
      where: { option: optionKey(flag?.name ?? '?') },
      hint: `Write --${flag?.name ?? '?'} ${flag?.value ?? 'VALUE'}.`,
    })
  }
  if (error.code === 'commander.excessArguments') {
    return new UsageError('too-many-arguments', `${capital(text.replace(/ for '[^']*'/, ''))}`, { hint: help })
  }
  const missing = command.arguments?.find(argument => text.includes(`'${argument.name}'`))
  const line = `usagebook ${command.words.join(' ')}`
  return new UsageError(
    'missing-argument',
    `"${line}" needs ${missing === undefined ? 'more' : missing.name.toUpperCase()}: ${missing?.help ?? text}.`,
    {
      hint: help,
    },
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function ignoreText(): void {
  // Errors are printed by the door, in one form.
}
