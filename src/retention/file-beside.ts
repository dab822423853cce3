// A file that is written beside the one that it becomes, flushed and renamed: the other is there whole or not at all.
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** How the names of such files end; see `removeLeftovers`. */
export const REWRITE_END = '.rewrite'

export interface FileBeside {
  readonly file: FileHandle
  /** Flushes the file and gives it this name in its folder. */
  becomes(path: string): Promise<void>
  /** Removes it where it became nothing. */
  close(): Promise<void>
}

/** Opens a hidden file in the folder of `path`. */
export async function openFileBeside(path: string, mode?: number): Promise<FileBeside> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}${REWRITE_END}`)
  const file = await open(beside, 'wx', mode)
  let isOpen = true
  const close = async () => {
    if (isOpen) await file.close()
    isOpen = false
    await rm(beside, { force: true })
  }
  return {
    file,
    async becomes(target) {
      await file.sync()
      await rename(beside, target)
      await close()
    },
    close,
  }
}
