// Pages of a document under one cursor, whichever tool made it.
import * as z from 'zod'
import type { Parameter } from '../app/request/parameters.ts'
import { ProblemError } from '../server/problem.ts'
import { cursorTo, placeOfCursor } from '../server/resources/cursor.ts'
import { type Document, type Page, pageOf } from './document-page.ts'
import { digestOf } from './kept-answers.ts'
import type { Answer, ToolCall } from './tool.ts'

export const CURSOR = {
  cursor: { value: 'TEXT', help: 'the cursor of the answer before, for what comes next; all else must be as it was' },
} as const satisfies Readonly<Record<string, Parameter>>

const FIRST_AGAIN = 'Ask again without the cursor, and then with the cursor of each answer.'

const place = z.strictObject({ of: z.string(), at: z.record(z.string(), z.int().min(0)) })

/** What was asked, without where it begins. */
export interface Question {
  readonly tool: string
  readonly given: object
}

/** The page that the cursor asks for, the first where there is none; `make` makes the document, where it is not kept from before. */
export async function documentPage(
  { tool, given }: Question,
  { desk, scope }: ToolCall,
  make: () => Promise<Document>,
): Promise<Answer> {
  const { cursor, question } = withoutCursor(tool, given, scope)
  const asked = cursor === undefined ? undefined : placeOfCursor(question, cursor, place, FIRST_AGAIN)
  const document = (asked && desk.kept.find(question, asked.of)) ?? (await make())
  if (asked !== undefined && digestOf(document) !== asked.of) throw changed()
  const page = pageOf(document, asked?.at ?? {}, desk.names)
  const next =
    page.next === undefined ? null : cursorTo(question, { of: desk.kept.keep(question, document), at: page.next })
  return answerOf(page, next)
}

/** An answer: the document, whether anything of it is missing, and the cursor for what comes next. */
export function answerOf({ document, isCut }: Pick<Page, 'document' | 'isCut'>, cursor: string | null): Answer {
  return { ...document, truncated: isCut || cursor !== null, cursor }
}

/** The cursor that was given, and all else as what cursors of its pages are good for. */
export function withoutCursor(tool: string, given: object, scope: unknown) {
  const { cursor, ...rest } = given as { readonly cursor?: unknown }
  const question = [tool, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), scope]
  return { question, rest, cursor: cursor === undefined ? undefined : String(cursor) }
}

/** The place in a list that a cursor of the question says. */
export function placeIn<Place>(question: unknown, cursor: string | undefined, shape: z.ZodType<Place>) {
  return cursor === undefined ? undefined : placeOfCursor(question, cursor, shape, FIRST_AGAIN)
}

function changed(): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'answer-changed',
    title: 'What was answered before has changed since, so its next page would not fit.',
    hint: FIRST_AGAIN,
  })
}
