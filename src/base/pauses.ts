// Long work on the main thread pauses now and then, so that signals and other threads are heard.

const EVERY_MS = 100

export class Pauses {
  private lastMs = performance.now()

  /** Pauses where the last time was a while ago. */
  async take(): Promise<void> {
    if (performance.now() - this.lastMs < EVERY_MS) return
    await pause()
    this.lastMs = performance.now()
  }
}

/** Lets everything be heard that has come by now. */
export async function pause(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
}
