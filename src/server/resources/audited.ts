// Every write leaves two lines in the audit: before it what is asked for, and after it what came of it. A process that ends
// between them leaves the first, so no change is without one.
import { changeAccess } from '../../access/access-file.ts'
import { UsagebookError } from '../../base/errors.ts'
import { ProblemError } from '../problem.ts'
import { askerOf, type Call } from '../route.ts'

export interface AskedChange<Answer> {
  /** "profile.edit" */
  readonly action: string
  readonly detail: Readonly<Record<string, unknown>>
  /** What is to be remembered of the answer. */
  outcome?(answer: Answer): Readonly<Record<string, unknown>>
  change(): Promise<Answer>
}

export async function audited<Answer>(call: Call, asked: AskedChange<Answer>): Promise<Answer> {
  const { action, detail, outcome, change } = asked
  await append(call, action, detail)
  try {
    const answer = await change()
    await appendAfter(call, `${action}.done`, { ...detail, ...outcome?.(answer) })
    return answer
  } catch (error) {
    await appendAfter(call, `${action}.failed`, { ...detail, code: codeOf(error) })
    throw error
  }
}

async function append(call: Call, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  const { services, requestId } = call
  const line = { actor: askerOf(call).actor, action, requestId, detail }
  await changeAccess(services.access, () => ({ audit: [line], answer: undefined }))
}

// The change is made: to answer that it failed would make somebody do it again.
async function appendAfter(call: Call, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await append(call, action, detail)
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    call.services.say(`${call.requestId}: the audit has no line of ${action}: ${error.message}`)
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.code
  return error instanceof UsagebookError ? error.code : 'bug'
}
