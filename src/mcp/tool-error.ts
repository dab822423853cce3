// An error as a tool tells it: with the code and the hint that it has at every door, its texts visible and short.
import { errorDocument } from '../app/error-document.ts'
import { withoutCommands } from '../base/command-words.ts'
import { UsagebookError } from '../base/errors.ts'
import { visibleText } from '../base/safe-text.ts'
import { ProblemError } from '../server/problem.ts'
import type { Answer } from './tool.ts'

/** How long a text of an error may be. */
const MOST_CHARACTERS = 2_000
/** Where the advice of an error is for a command line. */
const OTHER_HINT = 'Tell the person who runs this server: it can only be put right in the workspace.'

/** `say` is told of what is a bug. */
export function toolError(error: unknown, say: (text: string) => void): Answer {
  if (error instanceof ProblemError) {
    const { code, title, hint } = error.problem
    return shortTexts({ code, message: title, hint })
  }
  if (!(error instanceof UsagebookError)) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return { code: 'bug', message: 'This is a bug in usagebook.', hint: "Report it, with the server's output." }
  }
  const { code, message, option, file, line, path, hint } = errorDocument(error, name => name)
  const advice = (hint === undefined ? undefined : withoutCommands(String(hint))) ?? OTHER_HINT
  return shortTexts({ code, message, option, file, line, path, hint: advice })
}

function shortTexts(answer: Answer): Answer {
  const told = Object.entries(answer).filter(([, value]) => value !== undefined)
  return Object.fromEntries(told.map(([key, value]) => [key, typeof value === 'string' ? shortText(value) : value]))
}

function shortText(text: string): string {
  return visibleText(text.slice(0, MOST_CHARACTERS)).slice(0, MOST_CHARACTERS)
}
