// One line on a terminal while logs are read for longer than half a second: files, bytes, rate, time left.
import { statSync } from 'node:fs'
import type { Context } from './context.ts'

const FIRST_AFTER_MS = 500
const EVERY_MS = 100
const ERASE_LINE = '\r\u001b[K'

interface ReadFile {
  readonly path: string
}

export class Progress {
  private readonly context: Context
  private readonly startMs = performance.now()
  private lastMs = this.startMs + FIRST_AFTER_MS - EVERY_MS
  private readBytes = 0
  private readonly seen = new Set<string>()
  private files: readonly ReadFile[] = []
  private totalBytes: number | undefined
  private isShown = false

  constructor(context: Context) {
    this.context = context
  }

  /** Tells which files will be read. */
  begin(files: readonly ReadFile[]): void {
    this.files = [...this.files, ...files]
    this.totalBytes = undefined
  }

  advance(storedBytes: number, file: ReadFile): void {
    this.readBytes += storedBytes
    this.seen.add(file.path)
    const nowMs = performance.now()
    if (nowMs - this.lastMs < EVERY_MS) return
    this.lastMs = nowMs
    this.totalBytes ??= this.files.reduce((sum, each) => sum + sizeOf(each.path), 0)
    this.context.stderr.write(`${ERASE_LINE}${this.line(nowMs)}`)
    this.isShown = true
  }

  /** Takes the line away. */
  end(): void {
    if (this.isShown) this.context.stderr.write(ERASE_LINE)
    this.isShown = false
  }

  private line(nowMs: number): string {
    const seconds = (nowMs - this.startMs) / 1000
    const rate = this.readBytes / seconds
    const total = this.totalBytes ?? 0
    const left = rate > 0 ? Math.max(0, (total - this.readBytes) / rate) : 0
    const percent = total > 0 ? ` (${Math.min(100, Math.floor((this.readBytes / total) * 100))} %)` : ''
    return `reading ${this.seen.size} of ${this.files.length} files, ${megabytes(this.readBytes)}${percent}, ${megabytes(rate)}/s, ${Math.ceil(left)} s left`
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function megabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`
}
