// A folder for the logs of one test, and what is in it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export type LoggedEvent = Readonly<Record<string, unknown>>

export interface LogFolder {
  readonly dir: string
  names(): string[]
  text(): string
  /** All events, in the order of files and lines; a line that is no JSON throws. */
  events(): LoggedEvent[]
}

export function openLogFolder(): LogFolder {
  const dir = mkdtempSync(join(tmpdir(), 'usagebook-capture-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const names = () => readdirSync(dir).sort()
  const text = () =>
    names()
      .map(name => readFileSync(join(dir, name), 'utf8'))
      .join('')
  return { dir, names, text, events: () => linesOf(text()).map(line => JSON.parse(line) as LoggedEvent) }
}

export function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '')
}
