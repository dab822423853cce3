// What a job runs: the words of a command line, and which commands a job may run at all.

/** The commands of jobs by their first words. */
const COMMANDS = [
  { words: ['report'], kind: 'report' },
  { words: ['check'], kind: 'check' },
  { words: ['log', 'prune'], kind: 'prune' },
  { words: ['cache', 'warm'], kind: 'cache warm' },
  { words: ['export', 'chargeback'], kind: 'export' },
  { words: ['export', 'events'], kind: 'export' },
  { words: ['export', 'focus'], kind: 'export' },
  { words: ['export', 'metrics'], kind: 'export' },
] as const

export type JobKind = (typeof COMMANDS)[number]['kind']

/** "report, check, log prune, …" */
export const JOB_COMMANDS: readonly string[] = COMMANDS.map(({ words }) => words.join(' '))

/** Undefined where no job may run it. */
export function kindOfWords(words: readonly string[]): JobKind | undefined {
  return COMMANDS.find(command => command.words.every((word, index) => words[index] === word))?.kind
}

/**
 * Whether it is about a time, so that what `yesterday` means to it is what it meant when it was due. The others do what is to
 * be done by now, and once is enough however often they were missed.
 */
export function isAboutPeriod(words: readonly string[]): boolean {
  const kind = kindOfWords(words)
  return kind === 'report' || (kind === 'export' && words[1] !== 'metrics')
}

const WORD = /\s+|"((?:[^"\\]|\\["\\])*)"|'([^']*)'|\\(.)|([^\s"'\\]+)/gsy

/** A line split into words as a shell does it, with quotes and backslashes; nothing else has a meaning. Undefined where a quote stays open. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = []
  let isInWord = false
  let end = 0
  for (const [text, double, single, escaped, plain] of line.matchAll(WORD)) {
    end += text.length
    const part = double?.replace(/\\(["\\])/g, '$1') ?? single ?? escaped ?? plain
    if (part !== undefined) words.push(isInWord ? `${words.pop()}${part}` : part)
    isInWord = part !== undefined
  }
  return end === line.length ? words : undefined
}
