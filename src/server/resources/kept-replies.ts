// Replies to requests with an Idempotency-Key, so that a client that did not get the answer can repeat the request without
// making the change twice. They are kept in memory: a restart forgets them, and many later requests push them out. A client
// that must be certain has to check whether the change was made.
import { ProblemError } from '../problem.ts'

const KEPT_MS = 86_400_000
/** How many are kept for each actor; the oldest go first. So nobody can push out the keys of others. */
const MOST_KEYS = 200
const MOST_ACTORS = 1000

/** One request with a key. */
export interface Keyed {
  readonly actor: string
  readonly key: string
  /** The request as a text: the same key with another request is a mistake. */
  readonly question: string
  readonly now: number
}

interface Kept {
  readonly question: string
  readonly at: number
  readonly reply: Promise<unknown>
}

export class KeptReplies {
  private readonly byActor = new Map<string, Map<string, Kept>>()

  /** Answers as the first time if it is the same request with the same key. A request that failed is tried again. */
  async once<Reply>({ actor, key, question, now }: Keyed, work: () => Promise<Reply>): Promise<Reply> {
    const kept = this.keptOf(actor)
    const first = kept.get(key)
    if (first !== undefined && now - first.at < KEPT_MS) {
      if (first.question !== question) throw otherQuestion()
      return (await first.reply) as Reply
    }
    const made = { question, at: now, reply: work() }
    remember(kept, key, made, MOST_KEYS)
    try {
      return await made.reply
    } catch (error) {
      if (kept.get(key) === made) kept.delete(key)
      throw error
    }
  }

  private keptOf(actor: string): Map<string, Kept> {
    const kept = this.byActor.get(actor) ?? new Map<string, Kept>()
    remember(this.byActor, actor, kept, MOST_ACTORS)
    return kept
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= most) return
    map.delete(oldest)
  }
}

function otherQuestion(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'key-used',
    title: 'This Idempotency-Key was used for another request.',
    hint: 'Use a new key for each change.',
  })
}
