// Moves the lines that are removed from a log into a file in another folder. The file's name is derived from its content, so
// that repeating the move after a kill does not duplicate lines.
import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { stemOf } from '../log/log-file.ts'
import { openFileBeside } from './file-beside.ts'
import type { RemovedTaker } from './rewrite-log.ts'

/** How what was removed from a log is called, given the name of the log and the hash of what was removed. */
export function removedStem(stem: string, sha256: string): string {
  return `${stem}.${sha256.slice(0, 12)}`
}

export async function openArchive(folder: string, path: string): Promise<RemovedTaker> {
  await mkdir(folder, { recursive: true })
  const name = stemOf(basename(path))
  const { mode } = await stat(path)
  const beside = await openFileBeside(join(folder, name), { mode })
  const hash = createHash('sha256')
  return {
    async add({ bytes, stays }) {
      if (stays !== undefined) return
      hash.update(bytes)
      await beside.file.writeFile(bytes)
    },
    async commit() {
      await beside.becomes(join(folder, `${removedStem(name, hash.digest('hex'))}.jsonl`))
    },
    close: () => beside.close(),
  }
}
