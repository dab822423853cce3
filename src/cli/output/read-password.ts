// Reads a password: from standard input, or typed twice on a terminal that does not show it. It is never a flag, because
// other users of a machine can see command lines.
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { optionName, UsageError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { readGivenText } from './read-given-text.ts'

/** The password, without the end of its line. */
export async function readPassword(isFromStdin: boolean, name: string, context: Context): Promise<string> {
  if (isFromStdin) return (await readGivenText('-', context)).text.replace(/\r?\n$/, '')
  if (!context.isStdinTerminal) throw noPassword('There is no terminal to ask for a password.')
  const [first, second] = await askUnseen([`Password of ${name}: `, 'Once more: '], context)
  if (first === undefined || second === undefined) throw noPassword('No password was given.')
  if (first === second) return first
  throw new UsageError('passwords-differ', 'The two passwords are not the same, so nothing was done.', {
    hint: 'Try again.',
  })
}

function noPassword(message: string): UsageError {
  return new UsageError('no-password', message, {
    where: { option: 'passwordStdin' },
    hint: `Hand it in with ${optionName('passwordStdin')}.`,
  })
}

/** What is typed after each question; fewer where it was ended with Ctrl-C or Ctrl-D. */
async function askUnseen(questions: readonly string[], { stdin, stderr }: Context): Promise<string[]> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: stdin, output: nowhere, terminal: true })
  try {
    const lines = terminal[Symbol.asyncIterator]()
    const answers: string[] = []
    for (const question of questions) {
      stderr.write(question)
      const line = await lines.next()
      stderr.write('\n')
      if (line.done === true) break
      answers.push(line.value)
    }
    return answers
  } finally {
    terminal.close()
  }
}
