// A set of id fingerprints: 16 bytes an id in one flat table.

const FIRST_SLOTS = 1 << 12

export class SeenIds {
  private table: Uint32Array = new Uint32Array(FIRST_SLOTS * 4)
  private slots = FIRST_SLOTS
  private held = 0

  /** The set whose `words` and `count` these were. It owns the words. */
  static ofWords(words: Uint32Array, count: number): SeenIds {
    const seen = new SeenIds()
    seen.table = words
    seen.slots = words.length / 4
    seen.held = count
    return seen
  }

  /** All of the set as words; valid until the next change. */
  get words(): Uint32Array {
    return this.table
  }

  /** How many ids it holds. */
  get count(): number {
    return this.held
  }

  /** Adds the four words at `ids[at]`; false if they were there already. All zeros is no id and always new. */
  add(ids: Uint32Array, at: number): boolean {
    const a = ids[at]!
    const b = ids[at + 1]!
    const c = ids[at + 2]!
    const d = ids[at + 3]!
    if ((a | b | c | d) === 0) return true
    if (this.held * 4 >= this.slots * 3) this.grow()
    const place = this.find(a, b, c, d)
    if (!this.isFree(place)) return false
    this.put(place, a, b, c, d)
    this.held++
    return true
  }

  clear(): void {
    if (this.held === 0) return
    if (this.slots > FIRST_SLOTS * 16) {
      this.slots = FIRST_SLOTS
      this.table = new Uint32Array(FIRST_SLOTS * 4)
    } else this.table.fill(0)
    this.held = 0
  }

  private isFree(place: number): boolean {
    const table = this.table
    return (table[place]! | table[place + 1]! | table[place + 2]! | table[place + 3]!) === 0
  }

  // The place of these words, or the free place where they belong.
  private find(a: number, b: number, c: number, d: number): number {
    const { table, slots } = this
    let slot = (a ^ (b >>> 7)) & (slots - 1)
    for (;;) {
      const place = slot * 4
      const first = table[place]!
      if (first === a && table[place + 1] === b && table[place + 2] === c && table[place + 3] === d) return place
      if (first === 0 && this.isFree(place)) return place
      slot = (slot + 1) & (slots - 1)
    }
  }

  private put(place: number, a: number, b: number, c: number, d: number): void {
    this.table[place] = a
    this.table[place + 1] = b
    this.table[place + 2] = c
    this.table[place + 3] = d
  }

  private grow(): void {
    const old = this.table
    this.slots *= 2
    this.table = new Uint32Array(this.slots * 4)
    for (let at = 0; at < old.length; at += 4) {
      const [a, b, c, d] = [old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!]
      if ((a | b | c | d) !== 0) this.put(this.find(a, b, c, d), a, b, c, d)
    }
  }
}
