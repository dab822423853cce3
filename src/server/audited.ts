// Changes that are asked of the server, in the audit with who asked, and in which request.
import { auditedChange } from '../app/access/audited-change.ts'
import { ProblemError } from './problem.ts'
import { askerOf, type Call } from './route.ts'

/** `outcomeOf` says what the audit keeps of the answer. */
export async function audited<T>(
  call: Call,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  work: () => Promise<T>,
  outcomeOf: (answer: T) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<T> {
  const { requestId, services } = call
  const change = {
    ...{ by: askerOf(call).actor, requestId, action, detail },
    say: (text: string) => services.say(`${requestId}: ${text}`),
    codeOf: (error: unknown) => (error instanceof ProblemError ? error.problem.code : undefined),
  }
  return await auditedChange(change, services.access, work, outcomeOf)
}
