// Slows down guessing: after a few refused logins, each further attempt has to wait longer, counted by address and by name.
import { largestOf } from '../../base/lists.ts'

const FREE_TRIES = 5
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60_000
/** How many are remembered; the oldest go first. */
const MOST_KEYS = 10_000

interface Tries {
  refused: number
  until: number
}

export class Throttle {
  private readonly byKey = new Map<string, Tries>()

  /** How long a key has to wait, in milliseconds; 0 if it need not. */
  waitOf(keys: readonly string[], now: number): number {
    return largestOf(
      keys.map(key => (this.byKey.get(key)?.until ?? 0) - now),
      0,
    )
  }

  refuse(keys: readonly string[], now: number): void {
    for (const key of keys) {
      const refused = (this.byKey.get(key)?.refused ?? 0) + 1
      const waitMs =
        refused < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, refused - FREE_TRIES))
      this.byKey.delete(key)
      this.byKey.set(key, { refused, until: now + waitMs })
    }
    for (const key of this.byKey.keys()) {
      if (this.byKey.size <= MOST_KEYS) return
      this.byKey.delete(key)
    }
  }

  forgive(keys: readonly string[]): void {
    for (const key of keys) this.byKey.delete(key)
  }
}
