// What the engine is told about a library call: when to stop, and whom to report progress to.
import type { runReport } from '../app/report/run-report.ts'
import { bytesOfFile } from '../base/regular-file.ts'
import type { CallHooks } from './api.ts'

export type RunHooks = Parameters<typeof runReport>[1]

/** The hooks of one call. What they throw is kept apart from what the engine throws, which may take it for a fault of a file. */
export class CallWatch {
  private readonly call: CallHooks
  private total = 0
  private read = 0
  private thrown: { readonly reason: unknown } | undefined

  constructor(call: CallHooks) {
    this.call = call
    call.signal?.throwIfAborted()
  }

  get hooks(): RunHooks {
    return {
      onFiles: files =>
        this.unlessThrown(() => {
          this.total += files.reduce((sum, { path }) => sum + bytesOfFile(path), 0)
        }),
      onProgress: bytes => this.unlessThrown(() => this.tell(bytes)),
    }
  }

  /** Throws what the signal was aborted with. */
  check(): void {
    this.call.signal?.throwIfAborted()
  }

  /** All has been read, whatever of it did not have to be. */
  end(): void {
    this.check()
    if (this.read < this.total) this.tell(this.total - this.read)
  }

  /** What is to be thrown in place of an error of the engine. */
  reasonOf(error: unknown): unknown {
    return this.thrown === undefined ? error : this.thrown.reason
  }

  private tell(bytes: number): void {
    this.read += bytes
    this.call.onProgress?.(this.read, Math.max(this.total, this.read))
  }

  private unlessThrown(act: () => void): void {
    try {
      this.check()
      act()
    } catch (reason) {
      this.thrown ??= { reason }
      throw new Error('stopped by the caller')
    }
  }
}
