// An error as a JSON value, for every door.
import { type ErrorPlace, UsagebookError } from '../base/errors.ts'
import type { JsonValue } from '../base/json.ts'

type ErrorJson = { [key: string]: JsonValue | undefined }

/** `nameOf` says what an option is called at the door. */
export function errorDocument(error: unknown, nameOf: (option: string) => string): ErrorJson {
  if (!(error instanceof UsagebookError)) {
    return { code: 'bug', message: error instanceof Error ? error.message : String(error), hint: 'Report this.' }
  }
  const { message, hint, problems } = error.inWords(nameOf)
  return {
    code: error.code,
    message,
    ...placeJson(error.where, nameOf),
    hint,
    problems:
      problems.length === 0
        ? undefined
        : problems.map(problem => ({ message: problem.message, ...placeJson(problem.where, nameOf) })),
  }
}

function placeJson(place: ErrorPlace | undefined, nameOf: (option: string) => string): ErrorJson {
  if (place === undefined) return {}
  const { option, file, line, path } = place
  const isKnown = option !== undefined && !option.startsWith('-')
  return {
    ...(option === undefined ? {} : { flag: nameOf(option) }),
    ...(isKnown ? { option } : {}),
    file,
    line,
    path,
  }
}
