// When each token was last used. Not worth a flush or a lock: a kill loses a minute at most.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { pid } from 'node:process'
import { systemCode, UsagebookError } from '../base/errors.ts'
import { readTextFile } from '../base/regular-file.ts'

/** Instants by token id; empty if nothing is known. */
export function readTokenUses(file: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(readTextFile(file))
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return Object.fromEntries(entries.filter(([, at]) => !Number.isNaN(Date.parse(String(at)))))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UsagebookError || systemCode(error) !== undefined) return {}
    throw error
  }
}

/** Overwrites the uses of some tokens; the others are kept, since several servers may write. */
export function writeTokenUses(file: string, uses: Readonly<Record<string, string>>): void {
  const all = { ...readTokenUses(file), ...uses }
  const temporary = `${file}.${pid}.tmp`
  try {
    writeFileSync(temporary, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
