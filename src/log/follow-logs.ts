// Follows log files as they grow: new files, appended lines, truncation and rotation. Packed files are history and left out.
import { closeSync, openSync, readSync, type Stats, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import { systemCode } from '../base/errors.ts'
import type { LogFile } from './log-file.ts'

const POLL_MS = 250
const READ_BYTES = 256 * 1024
const NEWLINE = 10
const TAIL_BYTES = 64

/** Whole lines that were appended to a file, with their newlines. */
export type LinesSink = (file: LogFile, bytes: Uint8Array) => void

interface Followed {
  /** Everything before this was handed over; just after a newline, or 0. */
  offset: number
  /** The last bytes before that, by which a file is known again that was cut off and has grown past it since. */
  tail: Buffer
}

/**
 * Looks again and again for what was appended. A file is known by what it is on disk, not by its name: one that was renamed
 * goes on where it was, and a new one of its name is read from its beginning. A file that is shorter than it was is read anew.
 */
export class LogFollower {
  private readonly findFiles: () => readonly LogFile[]
  private readonly sink: LinesSink
  private readonly followed = new Map<string, Followed>()
  private isFirstLook = true

  constructor(findFiles: () => readonly LogFile[], sink: LinesSink) {
    this.findFiles = findFiles
    this.sink = sink
  }

  /** What is there at the first look is history, up to its last newline. */
  look(): void {
    for (const file of this.findFiles()) {
      if (file.packing !== 'none') continue
      const stats = statIfThere(file.path)
      if (stats === undefined) continue
      const identity = `${stats.dev}:${stats.ino}`
      const followed = this.followed.get(identity) ?? this.begin(file, stats.size)
      this.followed.set(identity, followed)
      if (stats.size < followed.offset) followed.offset = 0
      if (stats.size > followed.offset) this.readFrom(file, followed)
    }
    this.isFirstLook = false
  }

  private begin(file: LogFile, sizeBytes: number): Followed {
    const offset = this.isFirstLook ? endOfLastLine(file, sizeBytes) : 0
    const descriptor = openIfThere(file.path)
    if (descriptor === undefined) return { offset, tail: Buffer.alloc(0) }
    try {
      return { offset, tail: readTail(descriptor, offset) }
    } finally {
      closeSync(descriptor)
    }
  }

  private readFrom(file: LogFile, followed: Followed): void {
    const descriptor = openIfThere(file.path)
    if (descriptor === undefined) return
    try {
      if (!readTail(descriptor, followed.offset).equals(followed.tail)) followed.offset = 0
      for (let room = READ_BYTES; ; ) {
        const block = Buffer.alloc(room)
        const count = readSync(descriptor, block, 0, room, followed.offset)
        const end = block.subarray(0, count).lastIndexOf(NEWLINE) + 1
        if (end > 0) {
          this.sink(file, block.subarray(0, end))
          followed.offset += end
        }
        if (count < room) {
          followed.tail = readTail(descriptor, followed.offset)
          return
        }
        // A line that is longer than the block.
        if (end === 0) room *= 2
      }
    } finally {
      closeSync(descriptor)
    }
  }
}

function readTail(descriptor: number, offset: number): Buffer {
  const start = Math.max(0, offset - TAIL_BYTES)
  const tail = Buffer.alloc(offset - start)
  return tail.subarray(0, readSync(descriptor, tail, 0, tail.length, start))
}

/** Looks at once when a folder says that it changed, and now and then in any case. Returns how to stop. */
export function lookOften(folders: readonly string[], look: () => void): () => void {
  const timer = setInterval(look, POLL_MS)
  const watchers = folders.flatMap(folder => {
    try {
      const watcher = watch(folder, look)
      // A folder that goes away is seen by looking.
      watcher.on('error', () => watcher.close())
      return [watcher]
    } catch {
      // Where the system cannot watch, looking now and then must do.
      return []
    }
  })
  return () => {
    clearInterval(timer)
    for (const watcher of watchers) watcher.close()
  }
}

/** The folders in which these files are. */
export function foldersOf(files: readonly LogFile[]): string[] {
  return [...new Set(files.map(file => dirname(file.path)))]
}

function endOfLastLine(file: LogFile, sizeBytes: number): number {
  const descriptor = openIfThere(file.path)
  if (descriptor === undefined) return 0
  try {
    const block = Buffer.alloc(READ_BYTES)
    for (let end = sizeBytes; end > 0; end -= READ_BYTES) {
      const start = Math.max(0, end - READ_BYTES)
      const count = readSync(descriptor, block, 0, end - start, start)
      const newline = block.subarray(0, count).lastIndexOf(NEWLINE)
      if (newline >= 0) return start + newline + 1
    }
    return 0
  } finally {
    closeSync(descriptor)
  }
}

// A file may go between two looks.
function statIfThere(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
