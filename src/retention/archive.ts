// Moves what is removed from a log into a file of another folder. Its name says what it holds, so that doing it again after
// a kill does not double it.
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { openFileBeside } from './file-beside.ts'
import type { RemovedTaker } from './rewrite-log.ts'

export async function openArchive(folder: string, path: string): Promise<RemovedTaker> {
  await mkdir(folder, { recursive: true })
  const name = basename(path).replace(/\.jsonl(\.gz)?$/i, '')
  const beside = await openFileBeside(join(folder, name))
  const hash = createHash('sha256')
  return {
    async add(bytes) {
      hash.update(bytes)
      await beside.file.writeFile(bytes)
    },
    async commit() {
      await beside.becomes(join(folder, `${name}.${hash.digest('hex').slice(0, 12)}.jsonl`))
    },
    close: () => beside.close(),
  }
}
