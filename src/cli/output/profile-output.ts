// How the profile and client commands show their answers.
import { Chalk, type ChalkInstance } from 'chalk'
import type { ClientAnswer } from '../../app/profile/answers.ts'
import type { ChangedVersion } from '../../app/profile/change-request.ts'
import { formatJson, type JsonValue } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { cutText } from '../../base/text-width.ts'
import type { Context } from '../context.ts'
import { isJson } from '../flags/profile-flags.ts'

/** How an answer is shown. */
export interface Shown {
  readonly color?: boolean | undefined
  readonly format?: string | undefined
}

const LONGEST_VALUE = 60

export function writeLines(context: Context, lines: readonly string[]): void {
  context.stdout.write(lines.map(line => `${line}\n`).join(''))
}

/** Any plain answer as JSON. */
export function writeJson(context: Context, answer: object | readonly object[]): void {
  context.stdout.write(`${formatJson(answer as JsonValue)}\n`)
}

export function colorOf(options: Shown, context: Context): ChalkInstance {
  if (options.color === false) return new Chalk({ level: 0 })
  if (options.color === true) return new Chalk({ level: context.colorLevel === 0 ? 1 : context.colorLevel })
  return new Chalk({ level: context.colorLevel })
}

/** The answer of a change that makes a version. */
export function writeVersionAnswer(changed: ChangedVersion, options: Shown, context: Context): void {
  const { answer, differences } = changed
  if (isJson(options)) {
    writeJson(context, answer)
    return
  }
  const lines = [visibleText(answer.message), ...formatDifferences(differences, colorOf(options, context))]
  if (answer.clientsMoved.length > 0) lines.push(`clients moved: ${visibleText(answer.clientsMoved.join(', '))}`)
  if (answer.clientsRemoved !== undefined)
    lines.push(`clients that may not see it and stop using it: ${visibleText(answer.clientsRemoved.join(', '))}`)
  writeLines(context, lines)
}

export function writeClientAnswer(answer: ClientAnswer, options: Shown, context: Context): void {
  if (isJson(options)) writeJson(context, answer)
  else writeLines(context, [visibleText(answer.message)])
}

/** A line for each path: what came, what went, what became what. */
export function formatDifferences(differences: ChangedVersion['differences'], color: ChalkInstance): string[] {
  return differences.map(({ path, before, after }) => {
    const place = visibleText(path)
    if (before === undefined) return color.green(`  + ${place}: ${valueText(after ?? null)}`)
    if (after === undefined) return color.red(`  - ${place}: ${valueText(before)}`)
    const [was, is] = [before, after].map(value => valueText(value))
    return `  ${color.yellow('~')} ${place}: ${color.red(was)} → ${color.green(is)}`
  })
}

function valueText(value: JsonValue): string {
  return visibleText(cutText(formatJson(value, 0), LONGEST_VALUE))
}
