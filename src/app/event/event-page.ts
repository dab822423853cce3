// The first events in a given order, picked from many that come in any order. Keeps only the page and what comes before it in
// memory.

export interface PageEntry {
  readonly instant: number
  /** Where it stands: the number of its file, and its line. Events of one instant are in the order of both. */
  readonly file: number
  readonly line: number
  readonly bytes: Uint8Array
}

export class EventPage {
  private readonly limit: number
  private readonly sign: 1 | -1
  private kept: PageEntry[] = []
  /** Beyond this, nothing can be on the page any more. */
  private last: PageEntry | undefined

  /** Keeps the `limit` newest, or the oldest. */
  constructor(limit: number, order: 'newest' | 'oldest') {
    this.limit = limit
    this.sign = order === 'newest' ? -1 : 1
  }

  /** Whether an event of this time may be on the page. */
  mayHold(instant: number): boolean {
    return this.limit > 0 && (this.last === undefined || (instant - this.last.instant) * this.sign <= 0)
  }

  add(entry: PageEntry): void {
    this.kept.push(entry)
    if (this.kept.length >= 2 * this.limit + 64) this.prune()
  }

  /** In order, from the first. */
  take(offset: number): PageEntry[] {
    this.prune()
    return this.kept.slice(offset)
  }

  private prune(): void {
    this.kept.sort((a, b) => (a.instant - b.instant || a.file - b.file || a.line - b.line) * this.sign)
    this.kept.length = Math.min(this.kept.length, this.limit)
    if (this.kept.length === this.limit) this.last = this.kept.at(-1)
  }
}
