// One line on a terminal if reading logs takes longer than half a second: files, bytes, rate, time left.
import { elapsedMs } from '../../base/elapsed.ts'
import { bytesOfFile } from '../../base/regular-file.ts'
import { cutText } from '../../base/text-width.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Context } from '../context.ts'

const FIRST_AFTER_MS = 500
const EVERY_MS = 100
const ERASE_LINE = '\r\u001b[K'
const NARROWEST = 80

interface ReadFile {
  readonly path: string
}

/** What reading tells of itself while it goes on. */
export interface ProgressHooks {
  readonly onFiles?: (files: readonly ReadFile[]) => void
  readonly onProgress?: (storedBytes: number, file: ReadFile) => void
}

type ProgressContext = Pick<Context, 'stderr' | 'stderrColumns' | 'isStderrTerminal' | 'environment' | 'onInterrupt'>

/** Does some work, and shows how far it is where somebody can see it. The line goes away however the work ends. */
export async function withProgress<Answer>(
  context: ProgressContext,
  isQuiet: boolean,
  work: (hooks: ProgressHooks) => Promise<Answer>,
): Promise<Answer> {
  // A dumb terminal cannot take a line away again.
  if (isQuiet || !context.isStderrTerminal || context.environment.TERM === 'dumb') return await work({})
  const progress = new Progress(context, elapsedMs)
  const forget = context.onInterrupt(() => progress.end())
  try {
    return await work({
      onFiles: files => progress.begin(files),
      onProgress: (bytes, file) => progress.advance(bytes, file),
    })
  } finally {
    await forget()
    progress.end()
  }
}

export class Progress {
  private readonly context: Pick<ProgressContext, 'stderr' | 'stderrColumns'>
  private readonly nowMs: () => number
  private readonly startMs: number
  private lastMs: number
  private readBytes = 0
  private readonly seen = new Set<string>()
  private files: readonly ReadFile[] = []
  private totalBytes: number | undefined
  private isShown = false

  constructor(context: Pick<ProgressContext, 'stderr' | 'stderrColumns'>, nowMs: () => number) {
    this.context = context
    this.nowMs = nowMs
    this.startMs = nowMs()
    this.lastMs = this.startMs + FIRST_AFTER_MS - EVERY_MS
  }

  /** Tells which files will be read. */
  begin(files: readonly ReadFile[]): void {
    this.files = [...this.files, ...files]
    this.totalBytes = undefined
  }

  advance(storedBytes: number, file: ReadFile): void {
    this.readBytes += storedBytes
    this.seen.add(file.path)
    const nowMs = this.nowMs()
    if (nowMs - this.lastMs < EVERY_MS) return
    this.lastMs = nowMs
    this.totalBytes ??= this.files.reduce((sum, each) => sum + bytesOfFile(each.path), 0)
    // A line that wraps could not be taken away whole.
    const line = cutText(this.line(nowMs), (this.context.stderrColumns ?? NARROWEST) - 1)
    this.context.stderr.write(`${ERASE_LINE}${line}`)
    this.isShown = true
  }

  /** Takes the line away. */
  end(): void {
    if (this.isShown) this.context.stderr.write(ERASE_LINE)
    this.isShown = false
  }

  // Of standard input nobody knows how long it is.
  private line(nowMs: number): string {
    const count = (value: number) => withThousands(String(value))
    const rate = this.readBytes / ((nowMs - this.startMs) / 1000)
    const total = this.totalBytes ?? 0
    const isKnown = total >= this.readBytes && total > 0
    const part = isKnown ? ` of ${bytesText(total)} (${Math.floor((this.readBytes / total) * 100)} %)` : ''
    const left = isKnown && rate > 0 ? `, ${timeText((total - this.readBytes) / rate)} left` : ''
    return `reading file ${count(this.seen.size)} of ${count(this.files.length)}, ${bytesText(this.readBytes)}${part}, ${bytesText(rate)}/s${left}`
  }
}

function bytesText(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 120 ? `${whole} s` : `${Math.ceil(whole / 60)} min`
}
