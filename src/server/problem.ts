// Errors as problem documents (RFC 9457), with the same codes and hints as in every door.
import { errorDocument } from '../app/error-document.ts'
import { flagWord } from '../app/request/flag-word.ts'
import { withoutCommands } from '../base/command-words.ts'
import { type ErrorKind, UsagebookError } from '../base/errors.ts'
import { visibleText } from '../base/safe-text.ts'
import type { Problem } from './answers/question.ts'

const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  usage: 400,
  config: 500,
  input: 500,
  memory: 503,
  check: 422,
  conflict: 409,
}

/** Codes for things that do not exist and are named in the address: these are 404. */
const NOT_FOUND = /^unknown-(report|profile|version|client|model|token|link|user|threat|rule|silence|message)$/

/** What to do where the hint of an error is for a command line. */
const HINT_OF: Readonly<Record<string, string>> = {
  'no-retention': 'Set "retention" in the configuration of the workspace, such as {"default": "90d"}.',
}

/** An error that a route throws itself. */
export class ProblemError extends Error {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.title)
    this.problem = problem
    this.headers = headers
  }
}

/**
 * `isTold` says whether the caller may read error texts about files, which contain paths; `isNamed`, whether what does not
 * exist was named in the address, and not in a body.
 */
export function problemOf(error: unknown, isTold: boolean, isNamed = true): Problem {
  if (error instanceof ProblemError) return error.problem
  if (!(error instanceof UsagebookError)) {
    return {
      status: 500,
      code: 'bug',
      title: 'This is a bug in usagebook.',
      hint: "Report it, with the server's output.",
    }
  }
  const isAbsent = isNamed && NOT_FOUND.test(error.code)
  const status = isAbsent ? 404 : error.code === 'version-conflict' ? 412 : STATUS_OF[error.kind]
  const { code, message, hint, ...extra } = errorDocument(error, flagWord)
  if (status >= 500 && !isTold) {
    return {
      status,
      code: String(code),
      title: 'The workspace has a problem.',
      hint: 'Ask the person who runs this server.',
    }
  }
  return {
    status,
    code: String(code),
    title: visibleText(String(message)),
    hint: hintOf(error.code, hint),
    extra: withoutFlag(extra),
  }
}

function hintOf(code: string, hint: unknown): string | undefined {
  const said = HINT_OF[code] ?? (hint === undefined ? undefined : withoutCommands(String(hint)))
  return said === undefined ? undefined : visibleText(said)
}

// The JSON of the command line also has the flag.
function withoutFlag({ flag, option, ...extra }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...(flag === undefined ? {} : { parameter: flag }), ...extra }
}

export function problemJson({ status, code, title, hint, extra }: Problem, requestId: string): string {
  const words = code.replaceAll('-', ' ')
  const document = {
    type: `urn:usagebook:${code}`,
    title: `${words[0]!.toUpperCase()}${words.slice(1)}`,
    status,
    detail: title,
    code,
    hint,
    ...extra,
    requestId,
  }
  return `${JSON.stringify(document)}\n`
}
