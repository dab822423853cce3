// Replies to requests with an Idempotency-Key, so that who did not hear the answer can ask again without doing it twice.
// In memory: a server that is started again has forgotten them, as has one that was asked too much since. Whoever must be
// surer than that looks whether the thing is there.
import { createHash } from 'node:crypto'
import { ProblemError } from '../problem.ts'
import { askerOf, type Call, type Reply, type Route } from '../route.ts'

const KEPT_MS = 86_400_000
/** Of each actor; the oldest go first. Nobody can push out the keys of others. */
const MOST_KEYS = 200
const MOST_ACTORS = 1000

interface Kept {
  /** What was asked: the same key with another question is a mistake. */
  readonly asked: string
  readonly at: number
  readonly reply: Promise<Reply>
}

export class KeptReplies {
  private readonly byActor = new Map<string, Map<string, Kept>>()

  /** Answers as the first time, where it is the same question with the same key. What failed is tried again. */
  async once(call: Call, work: () => Promise<Reply>): Promise<Reply> {
    const key = keyOf(call)
    if (key === undefined) return await work()
    // Two tokens may have one name.
    const { locked: _, ...asker } = askerOf(call)
    const kept = this.keptOf(JSON.stringify(asker))
    const now = call.services.host.now()
    const asked = questionOf(call)
    const first = kept.get(key)
    if (first !== undefined && now - first.at < KEPT_MS) {
      if (first.asked !== asked) throw otherQuestion()
      return await first.reply
    }
    const made = { asked, at: now, reply: work() }
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

/** A POST route whose requests may carry a key. */
export function repeatable(route: Route): Route {
  if (route.method !== 'POST') return route
  return { ...route, handle: call => call.services.repeats.once(call, () => route.handle(call)) }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= most) return
    map.delete(oldest)
  }
}

function keyOf({ headers }: Call): string | undefined {
  const key = headers.get('idempotency-key') ?? undefined
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new ProblemError({
    status: 400,
    code: 'bad-idempotency-key',
    title: 'The Idempotency-Key is no key.',
    hint: 'Use 1 to 255 ASCII characters without spaces, such as a UUID.',
  })
}

function questionOf({ method, url, body }: Call): string {
  const text = JSON.stringify([method, url.pathname, url.search, body])
  return createHash('sha256').update(text).digest('base64url')
}

function otherQuestion(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'key-used',
    title: 'This Idempotency-Key was used for another request.',
    hint: 'Use a new key for each thing that is to be done.',
  })
}
