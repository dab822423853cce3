// A change to the workspace is written into the audit twice: before it is made, that it was asked for, and afterwards, how it
// ended. If the process is killed in between, the first entry is there, so no change goes without one.
import { changeAccess } from '../../access/access-file.ts'
import type { AccessHome } from '../../access/access-home.ts'
import { UsagebookError } from '../../base/errors.ts'
import type { Asker } from './home.ts'

type Detail = Readonly<Record<string, unknown>>

export interface AuditedChange extends Asker {
  readonly action: string
  readonly detail: Detail
  /** Receives what could not be written after the change was made. */
  say(text: string): void
  /** The code of an error that the door makes itself. */
  codeOf?(error: unknown): string | undefined
}

/** `outcomeOf` says what the audit keeps of the answer. */
export async function auditedChange<T>(
  change: AuditedChange,
  home: AccessHome,
  work: () => Promise<T>,
  outcomeOf: (answer: T) => Detail = () => ({}),
): Promise<T> {
  const { action, detail, codeOf } = change
  await write(change, home, `${action}.asked`, detail)
  let answer: T
  try {
    answer = await work()
  } catch (error) {
    const code = codeOf?.(error) ?? (error instanceof UsagebookError ? error.code : 'bug')
    await writeAfter(change, home, `${action}.failed`, { ...detail, code })
    throw error
  }
  await writeAfter(change, home, action, { ...detail, ...outcomeOf(answer) })
  return answer
}

async function write({ by, requestId }: Asker, home: AccessHome, action: string, detail: Detail): Promise<void> {
  await changeAccess(home, () => ({ audit: [{ actor: by, action, requestId, detail }], answer: undefined }))
}

// The change has been made, so this must not fail: the caller would make it again.
async function writeAfter(change: AuditedChange, home: AccessHome, action: string, detail: Detail): Promise<void> {
  try {
    await write(change, home, action, detail)
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    change.say(`${action} could not be written to the audit: ${error.message}`)
  }
}
