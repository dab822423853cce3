// The door of the command line: finds the command, gives it its options, prints what it throws, returns the exit code.
import { UsageError } from '../../base/errors.ts'
import { isOutOfMemory, tooManyGroups } from '../../base/too-many-groups.ts'
import { REPORT_NAMES } from '../../report/catalogue.ts'
import { CATALOGUE, DEFAULT_WORDS } from '../catalogue.ts'
import type { Command, CommandEntry, CommandLine, Options } from '../command.ts'
import type { Context } from '../context.ts'
import { isLogsWord } from '../flags/logs-word.ts'
import type { TypedFlags } from '../output/flag-names.ts'
import type { FallbackWords } from './parse-arguments.ts'

declare const USAGEBOOK_VERSION: string

/** Runs one command line and returns the exit code. */
export async function runCommandLine(argv: readonly string[], context: Context): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-V') {
    context.stdout.write(`${USAGEBOOK_VERSION}\n`)
    return 0
  }
  let typed: TypedFlags = { words: [], flags: [] }
  try {
    return await findAndRun(argv, context, found => {
      typed = found
    })
  } catch (thrown) {
    const error = isOutOfMemory(thrown) ? tooManyGroups() : thrown
    const { exitCodeOf, formatError } = await import('../output/print-error.ts')
    const { flagNames } = await import('../output/flag-names.ts')
    const colorLevel = argv.includes('--no-color') ? 0 : context.colorLevel
    context.stderr.write(formatError(error, { isJson: wantsJson(argv, context), colorLevel, nameOf: flagNames(typed) }))
    return exitCodeOf(error)
  }
}

async function findAndRun(
  argv: readonly string[],
  context: Context,
  onFound: (typed: TypedFlags) => void,
): Promise<number> {
  const fallback = fallbackEntry()
  if (argv[0] === 'help' || argv.some(isHelpFlag)) {
    const { helpFor } = await import('../output/help.ts')
    const words = argv.slice(argv[0] === 'help' ? 1 : 0).filter(text => !isHelpFlag(text))
    context.stdout.write(await helpFor(words, CATALOGUE, fallback, fallbackWords(context)))
    return 0
  }
  const { findCommand, flagsOf, parseArguments } = await import('./parse-arguments.ts')
  const { entry, rest } = findCommand(argv, CATALOGUE, fallback, fallbackWords(context))
  const command: Command = await entry.load()
  onFound({ words: rest, flags: flagsOf(command) })
  const options = parseArguments(command, rest)
  refuseLateCommand(options)
  return await run(command, options, context)
}

/** `usagebook --top 5 client list`: the flags make it a report, and the command the name of one. */
function refuseLateCommand({ name }: Options): void {
  const isCommand = CATALOGUE.some(({ words }) => words[0] === name)
  if (!isCommand || REPORT_NAMES.some(report => report === name)) return
  throw new UsageError('unknown-report', `There is no report ${JSON.stringify(name)}.`, {
    hint: `Put the command first: "usagebook ${name}", then its flags.`,
  })
}

async function run(command: Command, typed: Options, context: Context): Promise<number> {
  const { openAnyWorkspace, openWorkspace } = await import('../../app/workspace/workspace.ts')
  const { mergeSettings } = await import('../merge-settings.ts')
  const open = command.isForBadConfiguration === true ? openAnyWorkspace : openWorkspace
  const workspace = await open(typed, context)
  return await command.run(mergeSettings(command, typed, workspace, context), context, workspace, COMMAND_LINE)
}

const COMMAND_LINE: CommandLine = {
  run: runCommandLine,
  async loadCheck() {
    const { findCommand, parseArguments } = await import('./parse-arguments.ts')
    const loaded = new Map(await Promise.all(CATALOGUE.map(async entry => [entry, await entry.load()] as const)))
    return argv => {
      const { entry, rest } = findCommand(argv, CATALOGUE, fallbackEntry())
      parseArguments(loaded.get(entry)!, rest)
    }
  },
}

// A word is looked for on the disk only where it is no command.
function fallbackWords({ cwd }: Context): FallbackWords {
  return { names: REPORT_NAMES, isLogs: word => isLogsWord(word, cwd) }
}

function fallbackEntry(): CommandEntry {
  return CATALOGUE.find(entry => entry.words.join(' ') === DEFAULT_WORDS.join(' '))!
}

function isHelpFlag(text: string): boolean {
  return text === '--help' || text === '-h'
}

/** Asked of the bare words, since an error may be about the very flags. `USAGEBOOK_ERRORS=json` asks for JSON errors alone. */
function wantsJson(argv: readonly string[], context: Context): boolean {
  if (context.environment.USAGEBOOK_ERRORS === 'json' || argv.includes('--json')) return true
  const typed = argv.findLastIndex(text => text === '--format' || text.startsWith('--format='))
  if (typed === -1) return context.environment.USAGEBOOK_FORMAT === 'json'
  return argv[typed] === '--format=json' || (argv[typed] === '--format' && argv[typed + 1] === 'json')
}
