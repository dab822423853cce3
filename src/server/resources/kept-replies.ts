// Replies to requests with an Idempotency-Key, so that who did not hear the answer can ask again without doing it twice.
// In memory: a server that is started again has forgotten them, as has one that was asked too much since. Whoever must be
// surer than that looks whether the thing is there.
import { ProblemError } from '../problem.ts'

const KEPT_MS = 86_400_000
/** Of each actor; the oldest go first. Nobody can push out the keys of others. */
const MOST_KEYS = 200
const MOST_ACTORS = 1000

/** One request with a key. */
export interface Keyed {
  readonly actor: string
  readonly key: string
  /** What is asked, as a text: the same key with another question is a mistake. */
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

  /** Answers as the first time, where it is the same question with the same key. What failed is tried again. */
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
    hint: 'Use a new key for each thing that is to be done.',
  })
}
