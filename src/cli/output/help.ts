// Help texts, made from the commands themselves.
import { REPORTS } from '../../report/catalogue.ts'
import type { Argument, Command, CommandEntry } from '../command.ts'
import { commandsBelow, groupIn } from '../command-words.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import type { Flag } from '../flags/flag.ts'
import { type FallbackWords, findCommand, flagsOf } from '../start/parse-arguments.ts'

const GROUP_ORDER = [
  'Range',
  'Filters',
  'Input',
  'Output',
  'Money',
  'Checks',
  'Profile',
  'Access',
  'Log',
  'General',
] as const
const WIDTH = 80

/** The help for a command line without its help flag: of the command, of a group ("profile"), or of all there is. */
export async function helpFor(
  words: readonly string[],
  catalogue: readonly CommandEntry[],
  fallback: CommandEntry,
  fallbackWords?: FallbackWords,
): Promise<string> {
  const group = groupIn(catalogue, words)
  const isCommand = catalogue.some(entry => entry.words.join(' ') === words.slice(0, entry.words.length).join(' '))
  if (group.length > 0 && !isCommand) return formatGroup(group.join(' '), commandsBelow(catalogue, group))
  const names = words.filter(word => !word.startsWith('-'))
  if (names.length === 0) return formatOverview(catalogue)
  const { entry } = findCommand(words, catalogue, fallback, fallbackWords)
  return formatCommandHelp(await entry.load())
}

function formatGroup(name: string, group: readonly CommandEntry[]): string {
  return [
    `Usage: usagebook ${name} COMMAND [flags]`,
    '',
    'Commands:',
    ...formatEntries(group),
    '',
    `"usagebook ${name} COMMAND --help" shows the flags of a command.`,
    '',
  ].join('\n')
}

function formatEntries(entries: readonly Pick<CommandEntry, 'words' | 'summary'>[]): string[] {
  const width = Math.max(0, ...entries.map(entry => entry.words.join(' ').length))
  return entries.flatMap(entry => hang(`  ${entry.words.join(' ').padEnd(width)}  `, entry.summary))
}

/** All commands, a line each. */
export function formatOverview(catalogue: readonly CommandEntry[]): string {
  const lines = [
    'usagebook: who used what, at what cost, and is that normal; from the usage logs',
    'of applications that call language models.',
    '',
    'Usage: usagebook [report] [NAME] [FILE...] [flags]',
    '       usagebook COMMAND [flags]',
    '',
    'Commands:',
    ...formatEntries(catalogue),
    '',
    'Reports, each also "usagebook report NAME":',
    ...formatEntries(REPORTS.map(({ name, summary }) => ({ words: [name], summary }))),
  ]
  lines.push('', 'Try:', '  usagebook --last-days 7')
  lines.push('  usagebook --period last-month --client diageo -o diageo.csv', '')
  lines.push('"usagebook COMMAND --help" shows the flags of a command or report.', '')
  return lines.join('\n')
}

export function formatCommandHelp(command: Command): string {
  const words = command.words.join(' ')
  const places = (command.arguments ?? []).map(argumentText).join(' ')
  const lines = [
    ...wrap(`usagebook ${words}: ${command.summary}`, WIDTH),
    '',
    `Usage: usagebook ${words}${places === '' ? '' : ` ${places}`} [flags]`,
  ]
  if (command.description !== undefined) lines.push('', ...wrap(command.description, WIDTH))
  if (command.arguments !== undefined && command.arguments.length > 0) {
    lines.push('', 'Arguments:')
    const width = Math.max(...command.arguments.map(argument => argument.name.length))
    for (const argument of command.arguments) lines.push(...hang(`  ${argument.name.padEnd(width)}  `, argument.help))
  }
  const flags = flagsOf(command)
  for (const group of GROUP_ORDER) {
    const members = flags.filter(flag => flag.group === group)
    if (members.length === 0) continue
    lines.push('', `${group}:`)
    for (const flag of members) lines.push(...hang(flagLead(flag), flag.help, 30))
  }
  lines.push('', 'Examples:')
  for (const [line, purpose] of command.examples) lines.push(`  ${line}`, `      ${purpose}`)
  lines.push('', 'Exit codes:')
  for (const [code, meaning] of Object.entries({ 0: EXIT_CODES[0], 2: EXIT_CODES[2], ...command.exitCodes })) {
    lines.push(...hang(`  ${code}  `, meaning ?? ''))
  }
  return `${lines.join('\n')}\n`
}

function argumentText(argument: Argument): string {
  const name = `${argument.name.toUpperCase()}${argument.isMany === true ? '...' : ''}`
  return argument.isOptional === true ? `[${name}]` : name
}

function flagLead(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `
  const negation = flag.negated === true ? `, --no-${flag.name}` : ''
  const value = flag.value === undefined ? '' : ` ${flag.value}`
  return `  ${short}${[flag.name, ...(flag.aliases ?? [])].map(name => `--${name}`).join(', ')}${negation}${value}  `
}

function hang(lead: string, text: string, column = lead.length): string[] {
  const fits = lead.length <= column
  const lines = wrap(text, WIDTH - column)
  const first = fits ? [`${lead.padEnd(column)}${lines[0] ?? ''}`] : [lead.trimEnd()]
  return [...first, ...lines.slice(fits ? 1 : 0).map(line => ' '.repeat(column) + line)]
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines
}
