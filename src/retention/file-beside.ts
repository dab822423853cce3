// A file that is written under a temporary name, flushed and renamed: it appears under its final name complete or not at all.
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemCode } from '../base/errors.ts'

/** How the names of such files end; see `removeLeftovers`. */
export const REWRITE_END = '.rewrite'

export interface FileBeside {
  readonly file: FileHandle
  /** Flushes the file and gives it this name in its folder. */
  becomes(path: string): Promise<void>
  /** Removes it where it became nothing. */
  close(): Promise<void>
}

/** Whose a file is to be, and who may do what with it. Without an owner it is of who makes it. */
export interface FileRights {
  readonly mode: number
  readonly uid?: number
  readonly gid?: number
}

/** Opens a hidden file in the folder of `path`. */
export async function openFileBeside(path: string, rights: FileRights): Promise<FileBeside> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}${REWRITE_END}`)
  const file = await open(beside, 'wx', 0o600)
  try {
    await giveRights(file, rights)
  } catch (error) {
    await file.close()
    await rm(beside, { force: true })
    throw error
  }
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
      await flushFolder(dirname(target))
      await close()
    },
    close,
  }
}

async function giveRights(file: FileHandle, { uid, gid, mode }: FileRights): Promise<void> {
  const own = await file.stat()
  if ((uid ?? own.uid) !== own.uid || (gid ?? own.gid) !== own.gid) await file.chown(uid ?? own.uid, gid ?? own.gid)
  // After the owner, a change of whom takes some rights away.
  await file.chmod(mode & 0o7777)
}

// So that after a power cut what was written first is there first.
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    // Windows opens no folders, and some file systems flush none.
    if (systemCode(error) === undefined) throw error
  }
}
