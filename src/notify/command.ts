// A program of the user's as a target: it gets the letter as JSON on its standard input, and says by its exit code whether it
// took it. What it prints goes nowhere, since it may contain anything.
import { spawn } from 'node:child_process'
import { systemReason } from '../base/errors.ts'
import type { Letter } from './outbox.ts'
import type { Failure, Sending } from './sending.ts'
import { letterDocument } from './webhook.ts'

const TIME_LIMIT_MS = 30_000

export function runCommandOf(letter: Letter, words: readonly string[], sending: Sending): Promise<Failure> {
  const [program = '', ...rest] = words
  return new Promise(resolve => {
    const fail = (problem: string) => resolve({ problem, isOfTarget: false })
    const child = spawn(program, rest, {
      cwd: sending.root,
      env: { ...sending.environment },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
    })
    child.on('error', error => fail(`the program ${program} cannot be started: ${systemReason(error)}`))
    // It may end before it has read all of it, and then its exit code counts.
    child.stdin.on('error', () => undefined)
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(undefined)
      else
        fail(
          code === null ? `the program ${program} was ended by ${signal}` : `the program ${program} ended with ${code}`,
        )
    })
    child.stdin.end(`${letterDocument(letter)}\n`)
  })
}
