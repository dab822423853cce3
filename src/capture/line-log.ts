// Appends finished lines to the daily files of a log, with the same guarantees as the logger.
import { join } from 'node:path'
import { BatchWriter } from './batch-writer.ts'
import { settingsOf, type UsageLogOptions } from './log-options.ts'

export class LineLog {
  private readonly writer: BatchWriter
  private readonly pathOf: (ms: number) => string
  private problem: unknown

  constructor(options: Pick<UsageLogOptions, 'dir' | 'timezone' | 'mode' | 'dirMode'>) {
    const settings = settingsOf(options)
    this.pathOf = ms => join(settings.dir, settings.dayOf(ms) + settings.fileEnd)
    this.writer = new BatchWriter({
      flushMs: settings.flushMs,
      rights: settings.rights,
      // Whoever adds lines waits for them to be written.
      maxBytes: Number.POSITIVE_INFINITY,
      onWritten: () => undefined,
      onProblem: problem => {
        this.problem = problem
      },
    })
  }

  /** Takes a line without its newline for the file of an instant's day. */
  add(ms: number, line: string): void {
    this.writer.add(this.pathOf(ms), `${line}\n`)
  }

  /** Resolves when all lines are on disk, or to why they are not. */
  async flush(): Promise<unknown> {
    await this.writer.flush()
    return this.problem
  }
}
