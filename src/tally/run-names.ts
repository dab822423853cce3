// The names of runs, see query.ts: the latest run is kept for each combination of the other keys.
import { KeyDictionary } from './key-table.ts'

interface Run {
  first: number
  last: number
  readonly code: number
}

export class RunNames {
  readonly table = new KeyDictionary()
  private readonly pauseMs: number
  private readonly open = new Map<string, Run>()

  constructor(pauseMs: number) {
    this.pauseMs = pauseMs
  }

  /** The code of the run that an event is in; those of its other keys are the first `count` of `others`. */
  codeOf(instant: number, others: Uint32Array, count: number): number {
    const key = others.subarray(0, count).join()
    const run = this.open.get(key)
    if (run !== undefined && instant - run.last < this.pauseMs && run.first - instant < this.pauseMs) {
      run.first = Math.min(run.first, instant)
      run.last = Math.max(run.last, instant)
      return run.code
    }
    const code = this.table.codeOf(Math.floor(instant / this.pauseMs))
    this.open.set(key, { first: instant, last: instant, code })
    return code
  }

  /** Forgets which runs go on. */
  end(): void {
    this.open.clear()
  }
}
