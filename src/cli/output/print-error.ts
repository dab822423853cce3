// How an error is shown: what failed, where, why, and last what to do; and as one JSON object where JSON was asked for.
import { Chalk } from 'chalk'
import { type ErrorPlace, UsagebookError } from '../../base/errors.ts'
import { formatJson, type JsonValue } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'

/** The text of an error for stderr, with its last newline. */
export function formatError(error: unknown, isJson: boolean, colorLevel: 0 | 1 | 2 | 3): string {
  return isJson ? `${formatJson({ error: jsonOf(error) }, 0)}\n` : plainError(error, new Chalk({ level: colorLevel }))
}

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsagebookError ? error.exitCode : 1
}

function plainError(error: unknown, color: InstanceType<typeof Chalk>): string {
  if (!(error instanceof UsagebookError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `${color.red('error:')} this is a bug in usagebook\n${visibleLines(stack)}\nReport it with the lines above.\n`
  }
  const lines = [`${color.red('error:')} ${visibleLines(error.message)}`]
  for (const problem of error.problems) {
    // The first line has named the file.
    const isSameFile = problem.where?.file === error.where?.file
    const { file, ...inFile } = problem.where ?? {}
    lines.push(`  ${placeText(isSameFile ? inFile : problem.where)}${visibleLines(problem.message)}`)
  }
  if (error.hint !== undefined) lines.push(visibleLines(error.hint))
  return `${lines.join('\n')}\n`
}

function jsonOf(error: unknown): JsonValue {
  if (!(error instanceof UsagebookError)) {
    return { code: 'bug', message: error instanceof Error ? error.message : String(error), hint: 'Report this.' }
  }
  return {
    code: error.code,
    message: error.message,
    ...placeJson(error.where),
    hint: error.hint,
    problems:
      error.problems.length === 0
        ? undefined
        : error.problems.map(problem => ({ message: problem.message, ...placeJson(problem.where) })),
  }
}

function placeJson(place: ErrorPlace | undefined): { [key: string]: JsonValue | undefined } {
  return place === undefined ? {} : { flag: place.flag, file: place.file, line: place.line, path: place.path }
}

function placeText(place: ErrorPlace | undefined): string {
  if (place === undefined) return ''
  const parts = [place.flag, place.file, place.line === undefined ? undefined : `line ${place.line}`, place.path]
  const text = parts.filter(part => part !== undefined).join(' ')
  return text === '' ? '' : visibleLines(`${text}: `)
}

function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}
