// How an error is shown: what failed, where, why, and finally what to do; or as one JSON object if JSON was asked for.
import { Chalk } from 'chalk'
import { errorDocument } from '../../app/error-document.ts'
import { type ErrorKind, type ErrorPlace, UsagebookError } from '../../base/errors.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'

type Color = InstanceType<typeof Chalk>

export interface ErrorLook {
  readonly isJson: boolean
  readonly colorLevel: 0 | 1 | 2 | 3
  /** The flag of an option, as it was typed. */
  readonly nameOf: (option: string) => string
}

/** The text of an error for stderr, with its last newline. */
export function formatError(error: unknown, { isJson, colorLevel, nameOf }: ErrorLook): string {
  return isJson
    ? `${formatJson({ error: errorDocument(error, nameOf) }, 0)}\n`
    : plainError(error, new Chalk({ level: colorLevel }), nameOf)
}

const EXIT_CODE_OF: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  config: 2,
  input: 1,
  memory: 1,
  check: 3,
  conflict: 4,
}

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsagebookError ? EXIT_CODE_OF[error.kind] : 1
}

function plainError(error: unknown, color: Color, nameOf: ErrorLook['nameOf']): string {
  if (!(error instanceof UsagebookError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `${color.red('error:')} this is a bug in usagebook\n${visibleLines(stack)}\nReport it with the lines above.\n`
  }
  const { message, hint, problems } = error.inWords(nameOf)
  const lines = [`${color.red('error:')} ${visibleLines(message)}`]
  for (const problem of problems) {
    // The first line has named the file.
    const isSameFile = problem.where?.file === error.where?.file
    const { file, ...inFile } = problem.where ?? {}
    lines.push(`  ${placeText(isSameFile ? inFile : problem.where, nameOf)}${visibleLines(problem.message)}`)
  }
  if (hint !== undefined) lines.push(visibleLines(hint))
  return `${lines.join('\n')}\n`
}

function placeText(place: ErrorPlace | undefined, nameOf: ErrorLook['nameOf']): string {
  if (place === undefined) return ''
  const flag = place.option === undefined ? undefined : nameOf(place.option)
  const parts = [flag, place.file, place.line === undefined ? undefined : `line ${place.line}`, place.path]
  const text = parts.filter(part => part !== undefined).join(' ')
  return text === '' ? '' : visibleLines(`${text}: `)
}

function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}
