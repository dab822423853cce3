// What changes something is written into the audit of the workspace twice: that it was asked for, before it is done, and how
// it ended. A kill between leaves the first.
import { changeAccess } from '../access/access-file.ts'
import { UsagebookError } from '../base/errors.ts'
import { askerOf, type Call } from './route.ts'

export async function audited<T>(
  call: Call,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  work: () => Promise<T>,
): Promise<T> {
  await write(call, `${action}.asked`, detail)
  try {
    const done = await work()
    await write(call, action, detail)
    return done
  } catch (error) {
    await write(call, `${action}.failed`, { ...detail, code: error instanceof UsagebookError ? error.code : 'bug' })
    throw error
  }
}

async function write(call: Call, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  const { actor } = askerOf(call)
  await changeAccess(call.services.access, () => ({
    audit: [{ actor, action, requestId: call.requestId, detail }],
    answer: undefined,
  }))
}
