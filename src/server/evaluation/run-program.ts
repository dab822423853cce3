// Runs this program beside the server, as cron would: its memory and its locks are its own, and when it is killed the next run
// makes up for it.
import { spawn } from 'node:child_process'
import { systemReason } from '../../base/errors.ts'

/** The end of what it says is enough to know why it failed. */
const KEPT = 4096

export interface ProgramRun {
  /** What calls the program, such as "node" and its file. */
  readonly callWords: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface ProgramEnd {
  /** Null where it was ended by a signal, or could not be started. */
  readonly exitCode: number | null
  readonly errors: string
}

export function runProgram(
  { callWords: [program = '', ...first], cwd, environment }: ProgramRun,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ProgramEnd> {
  return new Promise(resolve => {
    let errors = ''
    const child = spawn(program, [...first, ...words], {
      ...{ cwd, env: { ...environment }, signal, killSignal: 'SIGTERM' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      errors = `${errors}${text}`.slice(-KEPT)
    })
    child.on('error', error => resolve({ exitCode: null, errors: `it cannot be run: ${systemReason(error)}` }))
    child.on('close', exitCode => resolve({ exitCode, errors: errors.trim() }))
  })
}
