// Documents from which a route makes another answer.
import type { Scope } from '../../query/scope.ts'
import type { Answer } from '../answers/answer-shelf.ts'
import type { Question } from '../answers/question.ts'
import { askerOf, type Call } from '../route.ts'
import { scopeOf } from '../scope-of.ts'

type Without<One, Key extends PropertyKey> = One extends unknown ? Omit<One, Key> : never

/** A question without the parts that identity and format add to it. */
export type OwnQuestion = Without<Question, 'scope'>

/** The answer to a question, limited to what the caller may see. */
export async function ask(call: Call, question: OwnQuestion, scope: Scope = scopeOf(askerOf(call))): Promise<Answer> {
  return await call.services.shelf.answer({ ...question, scope } as Question)
}

/** The document of an answer. Not for answers with money, because a JavaScript number may not hold all its digits. */
export async function askDocument<Document>(call: Call, question: Without<OwnQuestion, 'format'>): Promise<Document> {
  const { body } = await ask(call, { ...question, format: 'json' } as OwnQuestion)
  return JSON.parse(Buffer.from(body).toString()) as Document
}
