// Follows log files as they grow: new files, appended lines, truncation and rotation. Compressed files do not grow and are
// left out.
import { closeSync, fstatSync, readSync, statSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'
import { openRegular } from '../base/regular-file.ts'
import { isStream, type LogFile } from './log-file.ts'

const READ_BYTES = 256 * 1024
const NEWLINE = 10
const TAIL_BYTES = 64
/** The files that grew last stay open: one that is moved or deleted between two looks is then still read to its end. */
const MOST_OPEN = 8

/** Whole lines that were appended to a file, with their newlines. */
export type LinesSink = (file: LogFile, bytes: Uint8Array) => void

interface Followed {
  readonly identity: string
  /** As it was last seen in the folder. */
  file: LogFile
  /** Everything before this was handed over; just after a newline, or 0. */
  offset: number
  /** The last bytes before that, by which a file is known again that was cut off and has grown past it since. */
  tail: Buffer
}

/**
 * Looks again and again for what was appended. A file is known by what it is on disk, not by its name: one that was renamed
 * goes on where it was, also under a name that is no log's, and a new one of its name is read from its beginning. A file that
 * is shorter than it was is read anew.
 */
export class LogFollower {
  private readonly findFiles: () => readonly LogFile[]
  private readonly sink: LinesSink
  private readonly followed = new Map<string, Followed>()
  /** Descriptors, the file that grew last at the end. */
  private readonly open = new Map<Followed, number>()
  private isFirstLook = true

  constructor(findFiles: () => readonly LogFile[], sink: LinesSink) {
    this.findFiles = findFiles
    this.sink = sink
  }

  /** What is there at the first look is history, up to its last newline. */
  look(): void {
    const seen = new Set<Followed>()
    for (const file of this.findFiles()) {
      if (file.packing !== 'none' || isStream(file)) continue
      // A file may go between two looks.
      const stats = statSync(file.path, { throwIfNoEntry: false })
      if (stats?.isFile() !== true) continue
      const followed = this.followed.get(identityOf(stats)) ?? this.begin(file, identityOf(stats), stats.size)
      if (followed === undefined) continue
      followed.file = file
      seen.add(followed)
      this.readNew(followed, stats.size)
    }
    for (const [followed, descriptor] of [...this.open]) if (!seen.has(followed)) this.readUnseen(followed, descriptor)
    this.isFirstLook = false
  }

  close(): void {
    for (const descriptor of this.open.values()) closeSync(descriptor)
    this.open.clear()
  }

  private begin(file: LogFile, identity: string, sizeBytes: number): Followed | undefined {
    const followed: Followed = { identity, file, offset: 0, tail: Buffer.alloc(0) }
    const descriptor = this.hold(followed)
    if (descriptor === undefined) return undefined
    if (this.isFirstLook) followed.offset = endOfLastLine(descriptor, sizeBytes)
    followed.tail = readTail(descriptor, followed.offset)
    this.followed.set(identity, followed)
    return followed
  }

  // Moved to where no logs are looked for, or deleted.
  private readUnseen(followed: Followed, descriptor: number): void {
    const { size, nlink } = fstatSync(descriptor)
    this.readNew(followed, size)
    if (nlink > 0) return
    this.release(followed)
    this.followed.delete(followed.identity)
  }

  private readNew(followed: Followed, sizeBytes: number): void {
    if (sizeBytes < followed.offset) followed.offset = 0
    if (sizeBytes <= followed.offset) return
    const descriptor = this.hold(followed)
    if (descriptor === undefined) return
    if (!readTail(descriptor, followed.offset).equals(followed.tail)) followed.offset = 0
    for (let room = READ_BYTES; ; ) {
      const block = Buffer.alloc(room)
      const count = readSync(descriptor, block, 0, room, followed.offset)
      const end = block.subarray(0, count).lastIndexOf(NEWLINE) + 1
      if (end > 0) {
        this.sink(followed.file, block.subarray(0, end))
        followed.offset += end
      }
      if (count < room) break
      // A line that is longer than the block.
      if (end === 0) room *= 2
    }
    followed.tail = readTail(descriptor, followed.offset)
  }

  // Its descriptor, as that of the file that grew last; undefined where its name is another file's by now.
  private hold(followed: Followed): number | undefined {
    const descriptor = this.open.get(followed) ?? openIfStill(followed)
    if (descriptor === undefined) return undefined
    this.open.delete(followed)
    this.open.set(followed, descriptor)
    const [oldest] = this.open.keys()
    if (this.open.size > MOST_OPEN) this.release(oldest!)
    return descriptor
  }

  private release(followed: Followed): void {
    closeSync(this.open.get(followed)!)
    this.open.delete(followed)
  }
}

function identityOf({ dev, ino }: { readonly dev: number; readonly ino: number }): string {
  return `${dev}:${ino}`
}

function openIfStill({ file, identity }: Followed): number | undefined {
  const descriptor = openIfThere(file.path)
  if (descriptor === undefined || identityOf(fstatSync(descriptor)) === identity) return descriptor
  closeSync(descriptor)
  return undefined
}

function openIfThere(path: string): number | undefined {
  try {
    return openRegular(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'EFTYPE') return undefined
    throw error
  }
}

function readTail(descriptor: number, offset: number): Buffer {
  const start = Math.max(0, offset - TAIL_BYTES)
  const tail = Buffer.alloc(offset - start)
  return tail.subarray(0, readSync(descriptor, tail, 0, tail.length, start))
}

function endOfLastLine(descriptor: number, sizeBytes: number): number {
  const block = Buffer.alloc(READ_BYTES)
  for (let end = sizeBytes; end > 0; end -= READ_BYTES) {
    const start = Math.max(0, end - READ_BYTES)
    const count = readSync(descriptor, block, 0, end - start, start)
    const newline = block.subarray(0, count).lastIndexOf(NEWLINE)
    if (newline >= 0) return start + newline + 1
  }
  return 0
}
