// Files of a workspace that people edit and a schema describes: all mistakes at once, each with its line.
import type * as z from 'zod'
import { parseEditedJson } from '../../base/edited-json.ts'
import {
  type ConfigError,
  type ErrorDetails,
  type ErrorProblem,
  type InputError,
  systemCode,
  systemReason,
  UsagebookError,
} from '../../base/errors.ts'
import { addAll } from '../../base/lists.ts'
import { nearestNames } from '../../base/nearest.ts'
import { readTextFile } from '../../base/regular-file.ts'
import { schemaProblems } from '../../base/schema-problems.ts'

export interface EditedFile<Schema extends z.ZodType> {
  readonly file: string
  readonly schema: Schema
  /** The keys that there are, by the first part of the path; those of the file itself under "". */
  readonly keys: Readonly<Record<string, readonly string[]>>
  /** The errors of this file, with their codes. */
  wrong(message: string, details: ErrorDetails): ConfigError
  unreadable(message: string, details: ErrorDetails): InputError
  /** The page that says what it can have. */
  readonly page: string
  /** Throws where the file is not to be judged at all. */
  refuse?(value: unknown, file: string): void
  /** What the schema cannot see. */
  more?(value: z.output<Schema>): readonly { readonly path: readonly (string | number)[]; readonly message: string }[]
}

/** What a text of such a file holds. */
export function parseEditedText<Schema extends z.ZodType>(text: string, edited: EditedFile<Schema>): z.output<Schema> {
  const { file, schema, keys, page, more } = edited
  const json = parseEditedJson(text, file)
  edited.refuse?.(json.value, file)
  const parsed = schema.safeParse(json.value)
  const place = (path: readonly (string | number)[], line = json.lineOf(path)) => ({ file, line, path: path.join('.') })
  const problems: ErrorProblem[] = json
    .repeatedKeys()
    .map(({ path, line }) => ({ message: 'stands here a second time', where: place(path, line) }))
  if (parsed.success) {
    for (const { path, message } of more?.(parsed.data) ?? []) problems.push({ message, where: place(path) })
    if (problems.length === 0) return parsed.data
  } else
    addAll(
      problems,
      schemaProblems(parsed.error, json, file, (key, path) => unknownKey(key, keys[path[0] ?? ''])),
    )
  problems.sort((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0))
  const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  throw edited.wrong(`${file} has ${count}.`, {
    where: problems[0]?.where ?? { file },
    problems,
    hint: `Fix ${file}; ${page} says what it can have.`,
  })
}

function unknownKey(key: string, known: readonly string[] = []): string {
  const near = nearestNames(key, known, 1)[0]
  return near === undefined ? 'there is no such key' : `there is no such key; did you mean ${near}?`
}

/** The text of the file; undefined where there is none. */
export function readEditedText({
  file,
  unreadable,
}: Pick<EditedFile<z.ZodType>, 'file' | 'unreadable'>): string | undefined {
  try {
    return readTextFile(file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    if (systemCode(error) === 'ENOENT') return undefined
    throw unreadable(`${file} cannot be read: ${systemReason(error)}.`, {
      where: { file },
      hint: `Check the permissions of ${file}.`,
      cause: error,
    })
  }
}
