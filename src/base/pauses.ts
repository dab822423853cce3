// Pauses long work on the main thread now and then, so that signals and messages from other threads get through.
import { elapsedMs } from './elapsed.ts'

const EVERY_MS = 100

export class Pauses {
  private lastMs = elapsedMs()

  /** Pauses where the last time was a while ago. */
  async take(): Promise<void> {
    if (elapsedMs() - this.lastMs < EVERY_MS) return
    await pause()
    this.lastMs = elapsedMs()
  }
}

/** Lets everything be heard that has come by now. */
export async function pause(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
}
