// One folder for all that the tests leave in the system's folder for temporary files; it goes with the run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs once, before the processes of the tests are started, which take the environment from this one. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
