// Cuts the bytes of a log into lines, and parts those that are kept from those that are removed, byte for byte.

const NEWLINE = 0x0a

/** A line as it stands, without its line end. */
export type KeepsLine = (line: Buffer) => boolean

export interface RewriteCounts {
  kept: number
  removed: number
}

export interface PartedBytes {
  readonly kept: Buffer
  /** Each line with a line end, also the last of a file that has none. */
  readonly removed: Buffer
}

export class JudgedLines {
  readonly counts: RewriteCounts = { kept: 0, removed: 0 }
  /** The byte of the log at which the first removed line begins. */
  firstRemovedAt: number | undefined
  private readonly keeps: KeepsLine
  private rest: Buffer = Buffer.alloc(0)
  /** Bytes of the log before `rest`. */
  private position = 0

  constructor(keeps: KeepsLine) {
    this.keeps = keeps
  }

  /** The next bytes of the log, cut anywhere. Blank lines are neither kept nor removed. */
  add(chunk: Buffer): PartedBytes {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const kept: Buffer[] = []
    const removed: Buffer[] = []
    let start = 0
    for (let newline = bytes.indexOf(NEWLINE); newline !== -1; newline = bytes.indexOf(NEWLINE, start)) {
      const line = bytes.subarray(start, newline)
      if (line.length > 0)
        (this.isKept(line, this.position + start) ? kept : removed).push(bytes.subarray(start, newline + 1))
      start = newline + 1
    }
    this.rest = Buffer.from(bytes.subarray(start))
    this.position += start
    return { kept: Buffer.concat(kept), removed: Buffer.concat(removed) }
  }

  /** What is left without a line end: a line all the same. */
  end(): PartedBytes {
    const { rest } = this
    const nothing = Buffer.alloc(0)
    if (rest.length === 0) return { kept: nothing, removed: nothing }
    if (this.isKept(rest, this.position)) return { kept: rest, removed: nothing }
    return { kept: nothing, removed: Buffer.concat([rest, Buffer.of(NEWLINE)]) }
  }

  private isKept(line: Buffer, at: number): boolean {
    const isKept = this.keeps(line)
    if (!isKept) this.firstRemovedAt ??= at
    this.counts[isKept ? 'kept' : 'removed']++
    return isKept
  }
}
