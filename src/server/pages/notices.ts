// Messages of what was just done, for the page that is shown next: "Profile updated to version 2". They are kept here, so
// that an address can show nobody a text of somebody else.
import { makeSecret } from '../../access/secret-text.ts'

const KEPT_MS = 5 * 60_000
const MOST_KEPT = 1000

interface Kept {
  readonly actor: string
  readonly text: string
  readonly until: number
}

export class Notices {
  private readonly byId = new Map<string, Kept>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** What the address of the next page gets as its `notice`. */
  leave(actor: string, text: string): string {
    for (const [id, { until }] of this.byId) {
      if (until > this.now() && this.byId.size < MOST_KEPT) break
      this.byId.delete(id)
    }
    const id = makeSecret()
    this.byId.set(id, { actor, text, until: this.now() + KEPT_MS })
    return id
  }

  /** A secret that is shown once: after that it is gone. */
  take(id: string, actor: string): string | undefined {
    const text = this.textOf(id, actor)
    if (text !== undefined) this.byId.delete(id)
    return text
  }

  textOf(id: string, actor: string | undefined): string | undefined {
    const kept = this.byId.get(id)
    return kept === undefined || kept.actor !== actor || kept.until <= this.now() ? undefined : kept.text
  }
}
