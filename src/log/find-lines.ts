// Finds single lines of a log file again: one by its number, or those that contain some bytes. Bytes are searched without
// being parsed, which is many times faster.
import { closeSync, readSync } from 'node:fs'
import { countLineEnds } from '../base/count-lines.ts'
import { openRegular } from '../base/regular-file.ts'
import type { LogFile } from './log-file.ts'
import { openLines } from './open-log.ts'

export interface FoundLine {
  /** Counted from 1, blank lines included. */
  readonly number: number
  /** Without its newline; valid until the next line is asked for. */
  readonly bytes: Buffer
}

/** How many unpacked bytes may still be looked through; what is found behind them is not found. */
export interface SearchBudget {
  leftBytes: number
}

const NEWLINE = 10
const CHUNK_BYTES = 256 * 1024

export async function findLine(file: LogFile, number: number, budget: SearchBudget): Promise<FoundLine | undefined> {
  let line = 1
  for await (const block of wholeLines(file, budget)) {
    for (let start = 0; start < block.length; line++) {
      const end = endOfLine(block, start)
      if (line === number) return { number, bytes: block.subarray(start, end) }
      start = end + 1
    }
  }
  return undefined
}

/** The lines that hold these bytes, in their order. The bytes hold no newline. */
export async function* findLinesWith(
  file: LogFile,
  bytes: Uint8Array,
  budget: SearchBudget,
): AsyncGenerator<FoundLine> {
  let linesBefore = 0
  for await (const block of wholeLines(file, budget)) {
    let counted = 0
    for (let at = block.indexOf(bytes); at !== -1; ) {
      const start = block.lastIndexOf(NEWLINE, at) + 1
      const end = endOfLine(block, at)
      linesBefore += countLineEnds(block.subarray(counted, start))
      counted = start
      yield { number: linesBefore + 1, bytes: block.subarray(start, end) }
      at = block.indexOf(bytes, end)
    }
    linesBefore += countLineEnds(block.subarray(counted))
  }
}

/** The longest part of a text that stands in a line as it is, however the rest is written or joined; it may be empty. */
export function plainPartOf(text: string): string {
  const parts = text.split(/[^\w.-]+/)
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

// Blocks of whole lines, valid until the next. Only the line that two reads have parts of is put together.
async function* wholeLines(file: LogFile, budget: SearchBudget): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of file.packing === 'none' && file.made === undefined ? readPlain(file) : openLines(file)) {
    budget.leftBytes -= chunk.length
    if (budget.leftBytes < 0) return
    const start = rest.length === 0 ? 0 : chunk.indexOf(NEWLINE) + 1
    const end = chunk.lastIndexOf(NEWLINE) + 1
    if (start > 0) yield Buffer.concat([rest, chunk.subarray(0, start)])
    if (end > start) yield chunk.subarray(start, end)
    rest = end > 0 ? Buffer.from(chunk.subarray(end)) : Buffer.concat([rest, chunk])
  }
  if (rest.length > 0) yield rest
}

function* readPlain({ path }: LogFile): Generator<Buffer> {
  const descriptor = openRegular(path)
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  try {
    for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer))
      yield buffer.subarray(0, count)
  } finally {
    closeSync(descriptor)
  }
}

function endOfLine(block: Buffer, start: number): number {
  const end = block.indexOf(NEWLINE, start)
  return end === -1 ? block.length : end
}
