// Whether a log file is still the one that was read. Its size, times and inode tell, without opening it: the time of the
// inode's last change cannot be set back. Only a file that grew is opened, to check that its old part is unchanged, see
// file-blocks.ts.
import { statSync } from 'node:fs'
import { systemCode } from '../../base/errors.ts'

export interface FileIdentity {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly changedMs: number
  readonly inode: number
  readonly device: number
}

/** Undefined where there is no such file, or something that is none. */
export function readIdentity(path: string): FileIdentity | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isFile() !== true) return undefined
    const { size, mtimeMs, ctimeMs, ino, dev } = stats
    return { sizeBytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs, inode: ino, device: dev }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}

export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs && isSameInode(a, b)
  )
}

/** How two looks at a file say that it is one, whatever it holds. */
export function isSameInode(a: FileIdentity, b: FileIdentity): boolean {
  return a.inode === b.inode && a.device === b.device
}
