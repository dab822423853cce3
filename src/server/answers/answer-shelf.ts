// Answers that are kept until something changes; a question that many ask at the same time is answered once.
import { createHash } from 'node:crypto'
import type { Host } from '../../app/host.ts'
import type { WorkspaceNow } from '../workspace-now.ts'
import type { AnswerPool } from './answer-pool.ts'
import type { AnswerNotes, Question } from './question.ts'

/** A range that ends now moves on, so its answer is kept no longer than this, which is also how often pages refresh. */
const MOVES_AFTER_MS = 30_000
const MOST_BYTES = 64 * 2 ** 20
/** A larger answer is not kept. */
const LARGEST_KEPT_BYTES = MOST_BYTES / 4
/** One for each set of clients that somebody may see. */
const MOST_MADE = 1000

export interface Answer {
  readonly body: Uint8Array
  readonly notes: AnswerNotes
  /** Strong: a hash of the body. */
  readonly etag: string
  readonly madeAt: number
  /** In the thread; 0 if the answer was kept. */
  readonly tookMs: number
}

interface Kept extends Answer {
  readonly stamp: string
}

/** A strong tag: equal only for equal bytes. */
export function etagOf(body: Uint8Array | string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

export class AnswerShelf {
  private readonly pool: AnswerPool
  private readonly workspace: WorkspaceNow
  private readonly host: Host
  /** The least recently used first. */
  private readonly kept = new Map<string, Kept>()
  private readonly coming = new Map<string, Promise<Kept>>()
  /** What was made from answers, by what it is and for whom. */
  private readonly made = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>()
  private sizeBytes = 0

  constructor(pool: AnswerPool, workspace: WorkspaceNow, host: Host) {
    this.pool = pool
    this.workspace = workspace
    this.host = host
  }

  async answer(question: Question): Promise<Answer> {
    const key = JSON.stringify(question)
    const { stamp } = await this.workspace.look()
    const kept = this.kept.get(key)
    const now = this.host.now()
    if (kept !== undefined && kept.stamp === stamp && Math.abs(now - kept.madeAt) < MOVES_AFTER_MS) {
      this.kept.delete(key)
      this.kept.set(key, kept)
      return { ...kept, tookMs: 0 }
    }
    const coming = `${stamp} ${key}`
    const asked = this.coming.get(coming) ?? this.make(question, key, stamp, coming)
    this.coming.set(coming, asked)
    return await asked
  }

  /** What `make` made from answers, as long as it is no older than the given age; after a failure it is made again. */
  async keepFor<Value>(key: string, longestMs: number, make: () => Promise<Value>): Promise<Value> {
    const now = this.host.now()
    const made = this.made.get(key)
    if (made !== undefined && now - made.at < longestMs) return (await made.value) as Value
    const value = make()
    if (this.made.size >= MOST_MADE) this.made.clear()
    this.made.set(key, { at: now, value })
    value.catch(() => this.made.delete(key))
    return await value
  }

  /** Forgets everything. */
  clear(): void {
    this.kept.clear()
    this.made.clear()
    this.sizeBytes = 0
  }

  private async make(question: Question, key: string, stamp: string, coming: string): Promise<Kept> {
    const madeAt = this.host.now()
    try {
      const { body, notes, tookMs } = await this.pool.ask(question, madeAt)
      const made: Kept = { body, notes, etag: etagOf(body), madeAt, tookMs, stamp }
      this.keep(key, made)
      return made
    } finally {
      this.coming.delete(coming)
    }
  }

  private keep(key: string, made: Kept): void {
    this.drop(key)
    const sizeBytes = made.body.length
    if (sizeBytes > LARGEST_KEPT_BYTES) return
    this.kept.set(key, made)
    this.sizeBytes += sizeBytes
    for (const oldest of this.kept.keys()) {
      if (this.sizeBytes <= MOST_BYTES) return
      this.drop(oldest)
    }
  }

  private drop(key: string): void {
    this.sizeBytes -= this.kept.get(key)?.body.length ?? 0
    this.kept.delete(key)
  }
}
