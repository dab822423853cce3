// Something that is run about once a minute beside the server, never twice at once: how it ended last is told to the log once,
// and kept for the pages and for whoever watches the server.
import type { Instant } from '../../base/zone.ts'

/** How a run ended; undefined where all is well. */
export type RunProblem = string | undefined

export interface RepeatedWork {
  /** "the check of rules and budgets" */
  readonly what: string
  readonly everyMs: number
  run(signal: AbortSignal): Promise<RunProblem>
  now(): Instant
  say(text: string): void
}

export interface RunStatus {
  readonly what: string
  /** When it ended last; null before that. */
  readonly lastAt: Instant | null
  /** Why it failed last; null where it did not. */
  readonly problem: string | null
}

export class RepeatedRun {
  private readonly work: RepeatedWork
  private readonly ending = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private lastAt: Instant | null = null
  private problem: string | null = null

  constructor(work: RepeatedWork) {
    this.work = work
  }

  get status(): RunStatus {
    return { what: this.work.what, lastAt: this.lastAt, problem: this.problem }
  }

  /** The first run begins at once, each other one so long after the one before began, or when that has ended. */
  start(): void {
    this.running = this.runOnce()
    this.timer = setInterval(() => {
      this.running ??= this.runOnce()
    }, this.work.everyMs)
    this.timer.unref()
  }

  /** No run begins any more; one that goes on is ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.ending.abort()
    await this.running
  }

  private async runOnce(): Promise<void> {
    const { what, run, now, say } = this.work
    let problem: RunProblem
    try {
      problem = await run(this.ending.signal)
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
    this.running = undefined
    if (this.ending.signal.aborted) return
    if (problem !== undefined && problem !== this.problem) say(`${what} failed: ${problem}`)
    if (problem === undefined && this.problem !== null) say(`${what} works again`)
    this.problem = problem ?? null
    this.lastAt = now()
  }
}
