// A change to the workspace is written into the audit twice: before it is made, that it was asked for, and afterwards, how it
// ended. If the process is killed in between, the first entry is there, so no change goes without one.
import { changeAccess } from '../access/access-file.ts'
import { UsagebookError } from '../base/errors.ts'
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
  await write(call, `${action}.asked`, detail)
  let answer: T
  try {
    answer = await work()
  } catch (error) {
    await writeAfter(call, `${action}.failed`, { ...detail, code: codeOf(error) })
    throw error
  }
  await writeAfter(call, action, { ...detail, ...outcomeOf(answer) })
  return answer
}

async function write(call: Call, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  const { actor } = askerOf(call)
  await changeAccess(call.services.access, () => ({
    audit: [{ actor, action, requestId: call.requestId, detail }],
    answer: undefined,
  }))
}

// The change has been made, so this must not fail: the caller would make it again.
async function writeAfter(call: Call, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await write(call, action, detail)
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    call.services.say(`${call.requestId}: ${action} could not be written to the audit: ${error.message}`)
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.code
  return error instanceof UsagebookError ? error.code : 'bug'
}
