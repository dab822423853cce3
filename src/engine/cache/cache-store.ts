// The folder of the cache: reads and writes whole files, and keeps it within its size. Nothing that goes wrong here is an
// error: a file that cannot be read counts as missing, and one that cannot be written is made again next time.
import { futimesSync, readdirSync, readSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hrtime } from 'node:process'
import { systemCode } from '../../base/errors.ts'
import { makePrivateFolder, readOwnFile } from '../../base/private-folder.ts'

const HOUR_MS = 3_600_000
const TEMPORARY = /\.tmp$/

export interface StoredFile {
  readonly name: string
  readonly sizeBytes: number
  readonly usedMs: number
}

export class CacheStore {
  readonly folder: string
  /** Bytes written so far. */
  writtenBytes = 0
  private readonly now: () => number
  /** Undefined until something is written. */
  private hasFolder: boolean | undefined

  constructor(folder: string, now: () => number) {
    this.folder = folder
    this.now = now
  }

  /** The bytes of a file, in a buffer of their own; undefined where they cannot be had, or may be somebody else's. */
  read(name: string): Uint8Array | undefined {
    return orUndefined(() => {
      return readOwnFile(join(this.folder, name), (descriptor, { size, mtimeMs }) => {
        const bytes = Buffer.allocUnsafeSlow(size)
        let filled = 0
        while (filled < size) {
          const count = readSync(descriptor, bytes, filled, size - filled, null)
          if (count === 0) return undefined
          filled += count
        }
        this.touch(descriptor, mtimeMs)
        return bytes
      })
    })
  }

  /** Writes a file whole or not at all; false where that failed. */
  write(name: string, bytes: Uint8Array): boolean {
    this.hasFolder ??=
      orUndefined(() => {
        makePrivateFolder(this.folder)
        return true
      }) === true
    if (!this.hasFolder) return false
    const target = join(this.folder, name)
    // The instant by two clocks, one of which counts billionths: no other process writes at this name.
    const temporary = `${target}.${this.now()}-${hrtime.bigint()}.tmp`
    const isWritten = orUndefined(() => {
      writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 })
      renameSync(temporary, target)
      return true
    })
    if (isWritten === true) this.writtenBytes += bytes.length
    else this.removePath(temporary)
    return isWritten === true
  }

  remove(name: string): void {
    this.removePath(join(this.folder, name))
  }

  /** All files, in no certain order. */
  list(): StoredFile[] {
    const names = orUndefined(() => readdirSync(this.folder)) ?? []
    return names.flatMap(name => {
      const stats = orUndefined(() => statSync(join(this.folder, name)))
      return stats?.isFile() === true ? [{ name, sizeBytes: stats.size, usedMs: stats.mtimeMs }] : []
    })
  }

  /** Removes what a killed process left, and then the files that were not used for longest until the rest fits. */
  trim(mostBytes: number): void {
    const files = this.list().sort((a, b) => b.usedMs - a.usedMs)
    let kept = 0
    for (const file of files) {
      const isLeft = TEMPORARY.test(file.name) && this.now() - file.usedMs > HOUR_MS
      kept += file.sizeBytes
      if (isLeft || kept > mostBytes) this.remove(file.name)
    }
  }

  // The time of the last change stands for that of the last use, to the hour.
  private touch(descriptor: number, usedMs: number): void {
    const now = this.now()
    if (now - usedMs > HOUR_MS) orUndefined(() => futimesSync(descriptor, now / 1000, now / 1000))
  }

  private removePath(path: string): void {
    orUndefined(() => unlinkSync(path))
  }
}

// What the system refuses is undefined; anything else is a bug and goes on.
function orUndefined<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}
