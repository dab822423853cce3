// The built program as a child process, with everything around it fixed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

export const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'usagebook.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function fixedEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    USAGEBOOK_NOW: '2026-03-10T08:00:00Z',
    ...more,
  }
}

/** Runs the program to its end. */
export function runProgram(cwd: string, args: readonly string[], input = '', nodeArgs: readonly string[] = []): Ended {
  const options = { cwd, input, env: fixedEnvironment(), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, PROGRAM, ...args], options)
  return { code: status, stdout, stderr }
}

/** Runs a shell line in which `usagebook` is the program. */
export function runShell(cwd: string, line: string): Ended {
  const script = `usagebook() { "${process.execPath}" "${PROGRAM}" "$@"; }\n${line}`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd,
    env: fixedEnvironment(),
    encoding: 'utf8',
  })
  return { code: status, stdout, stderr }
}

export function startProgram(cwd: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { cwd, env: fixedEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] })
}
