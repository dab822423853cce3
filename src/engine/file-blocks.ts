// The digests of a file's bytes, block by block as they were read. They prove that a file that has grown since still begins
// with the bytes that were read.
import { closeSync, readSync } from 'node:fs'
import { digestBlock } from '../base/block-digest.ts'
import { systemCode } from '../base/errors.ts'
import { openRegular } from '../base/regular-file.ts'

/** Of a block: its length, and the two words of its digest. */
const WORDS = 3
const FIRST_BLOCKS = 64
/** So many bytes are compared whole; of more, blocks that add up to about as many. */
const WHOLE_BYTES = 64 * 1024 * 1024
const END_BLOCKS = 32
const NEWLINE = 10

/** What was read of a file from its start. */
export interface ReadBlocks {
  readonly words: Uint32Array
  readonly endsInNewline: boolean
}

export class FileBlocks {
  private list: Uint32Array
  private held: number
  private lastByte = NEWLINE

  /** Goes on behind blocks whose `words` these are, at the start of a line. */
  constructor(words: Uint32Array = new Uint32Array(0)) {
    this.list = words
    this.held = words.length
  }

  get read(): ReadBlocks {
    return { words: this.list.slice(0, this.held), endsInNewline: this.lastByte === NEWLINE }
  }

  /** Adds the bytes that follow those before. */
  add(bytes: Uint8Array): void {
    if (this.held === this.list.length) {
      const larger = new Uint32Array(Math.max(2 * this.held, FIRST_BLOCKS * WORDS))
      larger.set(this.list)
      this.list = larger
    }
    this.list[this.held] = bytes.length
    this.list.set(
      digestBlock(bytes.length, space => space.set(bytes)),
      this.held + 1,
    )
    this.held += WORDS
    this.lastByte = bytes.at(-1) ?? this.lastByte
  }
}

/**
 * Whether a file, which has `sizeBytes` by now, begins with the blocks whose `words` these are. Where they are few, or
 * `isWhole` is asked for, all are compared; else those at both ends, and some between, other ones as the file grows.
 */
export function beginsWith(path: string, words: Uint32Array, sizeBytes: number, isWhole: boolean): boolean {
  const count = words.length / WORDS
  const step = isWhole ? 1 : Math.ceil(lengthOf(words) / WHOLE_BYTES)
  const turn = Math.floor(sizeBytes / 1000) % step
  const isCompared = (block: number) => block % step === turn || block < END_BLOCKS || count - block <= END_BLOCKS
  try {
    const descriptor = openRegular(path)
    try {
      let position = 0
      for (let block = 0; block < count; block++) {
        if (isCompared(block) && !isSameBlock(descriptor, position, words.subarray(block * WORDS))) return false
        position += words[block * WORDS]!
      }
      return true
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return false
  }
}

function isSameBlock(descriptor: number, position: number, [length, low, high]: Uint32Array): boolean {
  let count = 0
  const digest = digestBlock(length!, space => {
    count = readSync(descriptor, space, 0, length!, position)
  })
  return count === length && digest[0] === low && digest[1] === high
}

function lengthOf(words: Uint32Array): number {
  let length = 0
  for (let at = 0; at < words.length; at += WORDS) length += words[at]!
  return length
}
