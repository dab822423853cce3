// Asks before something is written. Only a typed "yes" counts as yes.
import { createInterface } from 'node:readline/promises'
import { UsageError } from '../../base/errors.ts'
import type { Context } from '../context.ts'

/** Asks on the terminal; where there is none, --yes must have been given, and this is the error that says so. */
export async function confirm(question: string, context: Context): Promise<boolean> {
  if (!context.isStdinTerminal) {
    throw new UsageError('needs-yes', 'There is no terminal to ask on, so nothing was done.', {
      hint: 'Add --yes to do it, or --dry-run to see what it would do.',
    })
  }
  const terminal = createInterface({ input: context.stdin, output: context.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } catch (error) {
    // Ctrl-D and Ctrl-C are a no.
    if ((error as { code?: unknown }).code !== 'ABORT_ERR') throw error
    context.stderr.write('\n')
    return false
  } finally {
    terminal.close()
  }
}
