// What is remembered of metrics between two answers: which series have names of their own, and what was removed of the logs that
// no summary answers for. A counter therefore goes on after a prune.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { systemCode, systemReason, UsagebookError } from '../../base/errors.ts'
import { readTextFile } from '../../base/regular-file.ts'
import { writeOverFile } from '../../durable/durable-file.ts'
import { type Locked, withLock } from '../../durable/lock.ts'
import { makeStateFolder, OWNER_ONLY, stateFolderOf } from '../../durable/state-folder.ts'
import type { CarriedCounters } from '../../export/metrics/carried-counters.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'

export interface KeptMetrics {
  /** The series that have names of their own, as texts of their labels. */
  readonly named: readonly string[]
  readonly counters: CarriedCounters
  /** When the last event was, in milliseconds since 1970; 0 where there was none. */
  readonly lastMs: number
}

const NOTHING: KeptMetrics = { named: [], counters: {}, lastMs: 0 }
const LOCKED: Locked = { busyCode: 'metrics-busy', words: 'The metrics' }

export interface MetricsKeeper {
  readonly root: string
  readonly host: Pick<Host, 'hostName'>
  note(text: string): void
}

/** Lets `work` make an answer from what was kept for a question, and keeps what it returns. */
export async function withKeptMetrics<Answer>(
  question: string,
  { root, host, note }: MetricsKeeper,
  work: (kept: KeptMetrics) => { readonly answer: Answer; readonly kept: KeptMetrics },
): Promise<Answer> {
  const folder = stateFolderOf(root)
  const file = join(folder, `metrics-${createHash('sha256').update(question).digest('hex').slice(0, 12)}.json`)
  const change = () => {
    const before = readKept(file)
    const { answer, kept } = work(before)
    const text = `${JSON.stringify(kept)}\n`
    if (text !== `${JSON.stringify(before)}\n`) writeOverFile(file, text, OWNER_ONLY)
    return answer
  }
  try {
    makeStateFolder(folder)
    return await withLock(join(folder, '.metrics-lock'), { ...ownerOf(host), note }, change, { what: LOCKED })
  } catch (error) {
    const isDisk = systemCode(error) !== undefined && !(error instanceof UsagebookError)
    if (!isDisk) throw error
    note(`${file} cannot be written: ${systemReason(error)}; counters fall when logs are pruned`)
    return work(NOTHING).answer
  }
}

// What nobody can read any more is begun anew: a monitor takes it for a restart.
function readKept(file: string): KeptMetrics {
  try {
    const { named, counters, lastMs } = JSON.parse(readTextFile(file)) as KeptMetrics
    return { named, counters, lastMs }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UsagebookError || systemCode(error) !== undefined)
      return NOTHING
    throw error
  }
}
