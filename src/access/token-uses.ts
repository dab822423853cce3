// When each token was used last. Not worth a flush or a lock: what a kill loses is a minute.
import { renameSync, writeFileSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'
import { readTextFile } from '../base/regular-file.ts'

/** Instants by the ids of tokens; empty where nothing is known. */
export function readTokenUses(file: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(readTextFile(file))
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) !== undefined) return {}
    throw error
  }
}

export function writeTokenUses(file: string, uses: Readonly<Record<string, string>>): void {
  writeFileSync(`${file}.tmp`, `${JSON.stringify(uses, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}
