// How to append complete lines to a file, whatever it ends in. Pure functions: what to write, given the end of the file, and
// what is left to write, given how much was written.
//
// Each append consists of whole lines, and the system keeps appends apart, so no other writer gets in between. Only a write
// that falls short, on a full disk, leaves a fragment of a line. Its writer remembers the fragment. If the file still ends in
// it, the next append continues where it stopped. If the file ends in anything else without a newline, the next append, by
// any writer, begins with a newline, so that a reader rejects one line at most, and the event is written again in full.

export interface PendingLines {
  /** Whole lines, each with its newline; a newline comes first where only that of a line is missing in the file. */
  readonly bytes: Buffer
  /** So many of the bytes stood at the end of the file after a write that fell short. */
  readonly torn: number
}

/** How many bytes of the end of the file `planAppend` wants to see. */
export function tailLength(pending: PendingLines): number {
  return pending.torn + 1
}

/** What to append, and how many of its bytes come before (a newline) or are missing from (a torn piece) the lines. */
export interface AppendPlan {
  readonly bytes: Buffer
  /** Index in the pending lines of the first byte to append; -1 where a newline comes first. */
  readonly from: number
}

/** `tail` is the end of the file: `tailLength` bytes, or the whole file if it is shorter. */
export function planAppend(pending: PendingLines, tail: Buffer): AppendPlan {
  const { bytes, torn } = pending
  if (torn > 0 && endsInPiece(tail, bytes.subarray(0, torn))) return { bytes: bytes.subarray(torn), from: torn }
  const isAtLineStart = tail.length === 0 || tail[tail.length - 1] === NEWLINE
  if (bytes[0] === NEWLINE) return isAtLineStart ? { bytes: bytes.subarray(1), from: 1 } : { bytes, from: 0 }
  return isAtLineStart ? { bytes, from: 0 } : { bytes: Buffer.concat([Buffer.of(NEWLINE), bytes]), from: -1 }
}

/** What is left after `written` bytes of the plan; undefined where that was all. */
export function remainingLines(pending: PendingLines, plan: AppendPlan, written: number): PendingLines | undefined {
  const { bytes } = pending
  const end = Math.max(0, plan.from + written)
  if (end >= bytes.length) return undefined
  if (written === 0) return pending
  const lineStart = end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1
  // Whoever writes next completes such a line; to write it again would be to count it twice.
  if (bytes[end] === NEWLINE) return { bytes: bytes.subarray(end), torn: 0 }
  return { bytes: bytes.subarray(lineStart), torn: end - lineStart }
}

const NEWLINE = 0x0a

function endsInPiece(tail: Buffer, piece: Buffer): boolean {
  if (tail.length < piece.length || !tail.subarray(tail.length - piece.length).equals(piece)) return false
  return tail.length === piece.length || tail[tail.length - piece.length - 1] === NEWLINE
}
