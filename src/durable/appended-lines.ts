// A file of lines that is only ever appended to, and whose last lines are known from elsewhere until they are surely in it.
import { closeSync, fstatSync, readSync, statSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'
import { openRegular } from '../base/regular-file.ts'
import { readFileFrom, writeAtEnd } from './durable-file.ts'
import { OWNER_ONLY } from './state-folder.ts'

const LINE_END = 0x0a
const FIRST_PIECE_BYTES = 64 * 1024

/** Appends the part of these lines that is missing: all of them, the rest of one that was cut off, or nothing. */
export function completeLines(file: string, lines: string): void {
  if (lines === '') return
  const wanted = Buffer.from(lines)
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const tail = size === 0 ? Buffer.alloc(0) : readFileFrom(file, Math.max(0, size - wanted.length - 1))
  const there = lengthThere(tail, wanted)
  if (there === wanted.length) return
  const rest = wanted.subarray(there)
  // If somebody else left a line without an end, end it, so that ours does not become part of it.
  const isOpen = there === 0 && tail.length > 0 && tail.at(-1) !== LINE_END
  writeAtEnd(file, isOpen ? Buffer.concat([Buffer.from('\n'), rest]) : rest, OWNER_ONLY)
}

/** How much of the beginning of `wanted` is already at the end of the file, counted from the start of a line. */
function lengthThere(tail: Buffer, wanted: Buffer): number {
  for (let length = Math.min(wanted.length, tail.length); length > 0; length--) {
    const start = tail.length - length
    const isLineStart = start === 0 || tail[start - 1] === LINE_END
    if (isLineStart && tail.subarray(start).equals(wanted.subarray(0, length))) return length
  }
  return 0
}

/** The last lines, `limit` at most. It is read from its end, since it grows for years. A line that is being written has no line end yet. */
export function lastLines(file: string, limit: number): string[] {
  let descriptor: number
  try {
    descriptor = openRegular(file)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
  try {
    const { size } = fstatSync(descriptor)
    for (let length = FIRST_PIECE_BYTES; ; length *= 4) {
      const start = Math.max(0, size - length)
      const piece = Buffer.alloc(size - start)
      const text = piece.toString('utf8', 0, readSync(descriptor, piece, 0, piece.length, start))
      const lines = text.split('\n').slice(start === 0 ? 0 : 1, -1)
      if (start === 0 || lines.length >= limit) return lines.slice(Math.max(0, lines.length - limit)).filter(isNotEmpty)
    }
  } finally {
    closeSync(descriptor)
  }
}

function isNotEmpty(line: string): boolean {
  return line.trim() !== ''
}
