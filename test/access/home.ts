// A workspace for access in a temporary folder, with a clock that a test can turn.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AccessHome } from '../../src/access/access-home.ts'
import type { Instant } from '../../src/base/zone.ts'

export interface TestHome extends AccessHome {
  readonly notes: string[]
  /** Sets the clock. */
  at(time: string): void
}

/** It is 10 o'clock of 2 February 2026, and goes when the test ends. */
export function makeAccessHome(): TestHome {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-access-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return homeAt(root)
}

export function homeAt(root: string): TestHome {
  let now = Date.parse('2026-02-02T10:00:00Z')
  const notes: string[] = []
  return {
    root,
    hostName: hostname(),
    processId: process.pid,
    now: () => now as Instant,
    note: text => notes.push(text),
    notes,
    at: time => {
      now = Date.parse(time)
    },
  }
}

/** All that is stored, as one text. */
export function readStored({ root }: Pick<AccessHome, 'root'>): string {
  const folder = join(root, '.usagebook')
  return readdirSync(folder)
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}
