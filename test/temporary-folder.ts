// One folder for all that the tests leave in the system's folder for temporary files; it goes with the run.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FOLDER = 'USAGEBOOK_TEST_FOLDER'

/** Runs before the processes of the tests are started, which take the environment from this one; once for each project. */
export function setup(): (() => void) | undefined {
  if (process.env[FOLDER] !== undefined) return undefined
  // A short name, since the path of a socket has little room.
  const folder = mkdtempSync(join(tmpdir(), 'ub-'))
  // Tests that run as somebody else must get through it.
  chmodSync(folder, 0o711)
  process.env[FOLDER] = folder
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
