// The door of the command line: finds the command, gives it its options, prints what it throws, sets the exit code.
import { CATALOGUE, DEFAULT_WORDS } from './catalogue.ts'
import type { Command } from './command.ts'
import { type Context, openContext } from './context.ts'

declare const USAGEBOOK_VERSION: string

/** Runs one command line and returns the exit code. */
export async function runCommandLine(argv: readonly string[], context: Context): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-V') {
    context.stdout.write(`${USAGEBOOK_VERSION}\n`)
    return 0
  }
  try {
    return await findAndRun(argv, context)
  } catch (error) {
    const { exitCodeOf, formatError } = await import('./print-error.ts')
    context.stderr.write(formatError(error, wantsJson(argv), argv.includes('--no-color') ? 0 : context.colorLevel))
    return exitCodeOf(error)
  }
}

async function findAndRun(argv: readonly string[], context: Context): Promise<number> {
  const { findCommand, parseArguments } = await import('./parse-arguments.ts')
  if (argv[0] === 'help' || ((argv[0] === '--help' || argv[0] === '-h') && argv.length === 1)) {
    const { formatOverview } = await import('./help.ts')
    context.stdout.write(formatOverview(CATALOGUE))
    return 0
  }
  const fallback = CATALOGUE.find(entry => entry.words.join(' ') === DEFAULT_WORDS.join(' '))!
  const { entry, rest } = findCommand(argv, CATALOGUE, fallback)
  const command: Command = await entry.load()
  if (rest.some(text => text === '--help' || text === '-h')) {
    const { formatCommandHelp } = await import('./help.ts')
    context.stdout.write(formatCommandHelp(command))
    return 0
  }
  const { openWorkspace } = await import('./workspace.ts')
  const { mergeSettings } = await import('./merge-settings.ts')
  const typed = parseArguments(command, rest)
  const workspace = await openWorkspace(typed, context)
  return await command.run(mergeSettings(command, typed, workspace, context), context, workspace)
}

function wantsJson(argv: readonly string[]): boolean {
  return argv.some((text, index) => text === '--format=json' || (text === '--format' && argv[index + 1] === 'json'))
}

process.exitCode = await runCommandLine(process.argv.slice(2), openContext())
