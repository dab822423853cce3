// Cuts the bytes of a log into lines, and decides for each whether it stays unchanged, is rewritten, or is removed.

const NEWLINE = 0x0a

/** What becomes of a line, given as it stands without its line end: whether it stays, or what stands there instead. */
export type KeepsLine = (line: Buffer) => boolean | Buffer

export interface RewriteCounts {
  /** Lines that stay as they are. */
  kept: number
  removed: number
  /** Lines that stay in other words. */
  changed: number
}

/** Lines that follow each other in the log and have the same fate. */
export interface JudgedPiece {
  /** As they stood; each with a line end, but for the last of a log that has none and that stays. */
  readonly bytes: Buffer
  readonly lines: number
  /** What is in their place; undefined where they are removed. */
  readonly stays: Buffer | undefined
}

export class JudgedLines {
  readonly counts: RewriteCounts = { kept: 0, removed: 0, changed: 0 }
  /** The byte of the log at which the first removed line begins. */
  firstRemovedAt: number | undefined
  private readonly keeps: KeepsLine
  private rest: Buffer = Buffer.alloc(0)
  /** Bytes of the log before `rest`. */
  private position = 0

  constructor(keeps: KeepsLine) {
    this.keeps = keeps
  }

  /** Whether the bytes so far end within a line. */
  get isWithinLine(): boolean {
    return this.rest.length > 0
  }

  /** The next bytes of the log, cut anywhere. Blank lines are in no piece. */
  add(chunk: Buffer): JudgedPiece[] {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const pieces = new Pieces(bytes)
    let start = 0
    for (let newline = bytes.indexOf(NEWLINE); newline !== -1; newline = bytes.indexOf(NEWLINE, start)) {
      if (newline > start) {
        const fate = this.judge(bytes.subarray(start, newline), this.position + start)
        pieces.add(start, newline + 1, typeof fate === 'boolean' ? fate : withNewline(fate))
      }
      start = newline + 1
    }
    this.rest = Buffer.from(bytes.subarray(start))
    this.position += start
    return pieces.all()
  }

  /** What is left without a line end: a line all the same. */
  end(): JudgedPiece[] {
    const { rest } = this
    if (rest.length === 0) return []
    const fate = this.judge(rest, this.position)
    if (fate === false) return [{ bytes: withNewline(rest), lines: 1, stays: undefined }]
    return [{ bytes: rest, lines: 1, stays: fate === true ? rest : fate }]
  }

  private judge(line: Buffer, at: number): boolean | Buffer {
    const fate = this.keeps(line)
    if (fate === false) this.firstRemovedAt ??= at
    this.counts[fate === true ? 'kept' : fate === false ? 'removed' : 'changed']++
    return fate
  }
}

// Puts lines of one fate together, as long as they stand side by side.
class Pieces {
  private readonly bytes: Buffer
  private readonly pieces: JudgedPiece[] = []
  private start = 0
  private end = 0
  private lines = 0
  private areKept = true

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  add(start: number, end: number, fate: boolean | Buffer): void {
    if (typeof fate !== 'boolean') {
      this.close()
      this.pieces.push({ bytes: this.bytes.subarray(start, end), lines: 1, stays: fate })
      return
    }
    if (this.lines > 0 && (this.end !== start || this.areKept !== fate)) this.close()
    if (this.lines === 0) this.start = start
    this.end = end
    this.areKept = fate
    this.lines++
  }

  all(): JudgedPiece[] {
    this.close()
    return this.pieces
  }

  private close(): void {
    if (this.lines === 0) return
    const bytes = this.bytes.subarray(this.start, this.end)
    this.pieces.push({ bytes, lines: this.lines, stays: this.areKept ? bytes : undefined })
    this.lines = 0
  }
}

function withNewline(line: Buffer): Buffer {
  return Buffer.concat([line, Buffer.of(NEWLINE)])
}
