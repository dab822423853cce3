// The ids that were seen, and what their lines said: a list with five words for each id, in the order in which they came, and
// an index of it. The words are the four of the id's fingerprint and the usage word of the line that counts.
import { randomWord } from '../base/random-word.ts'
import { UNKNOWN_USAGE } from './usage-word.ts'

const SECRET = [randomWord(), randomWord(), randomWord(), randomWord()] as const
export const WORDS_OF_ID = 5
const FINGERPRINT_WORDS = 4
const FIRST_IDS = 1 << 10

/** What came of an id: it was new, or there already, with the same usage word or another one. */
export type SeenBefore = 'never' | 'alike' | 'otherwise'

export class SeenIds {
  private list: Uint32Array = new Uint32Array(FIRST_IDS * WORDS_OF_ID)
  private held = 0
  /** Numbers of ids from 1 by a part of the fingerprint, 0 where a place is free; made when it is first needed. */
  private index: Uint32Array | undefined

  /** The set whose `words` these were. It owns them. */
  static ofWords(words: Uint32Array): SeenIds {
    const seen = new SeenIds()
    seen.list = words
    seen.held = words.length / WORDS_OF_ID
    return seen
  }

  /** The set of these fingerprints, four words each, of lines that are gone. */
  static ofFingerprints(fingerprints: Uint32Array): SeenIds {
    const seen = new SeenIds()
    for (let at = 0; at < fingerprints.length; at += FINGERPRINT_WORDS) seen.add(fingerprints, at, UNKNOWN_USAGE)
    return seen
  }

  /** All of the set as words; valid until the next change. */
  get words(): Uint32Array {
    return this.list.subarray(0, this.held * WORDS_OF_ID)
  }

  /** How many ids it holds. */
  get count(): number {
    return this.held
  }

  /** Adds the fingerprint at `ids[at]` with the usage word of its line. All zeros is no id and always new. */
  add(ids: Uint32Array, at: number, usage: number): SeenBefore {
    const [a, b, c, d] = [ids[at]!, ids[at + 1]!, ids[at + 2]!, ids[at + 3]!]
    if ((a | b | c | d) === 0) return 'never'
    const index = this.indexWithRoom()
    let slot = slotOf(a, b, c, d, index)
    for (; index[slot] !== 0; slot = (slot + 1) & (index.length - 1)) {
      const place = (index[slot]! - 1) * WORDS_OF_ID
      const { list } = this
      if (list[place] === a && list[place + 1] === b && list[place + 2] === c && list[place + 3] === d) {
        const first = list[place + 4]!
        return first === usage || first === UNKNOWN_USAGE || usage === UNKNOWN_USAGE ? 'alike' : 'otherwise'
      }
    }
    this.append(a, b, c, d, usage)
    index[slot] = this.held
    return 'never'
  }

  /** Adds those of another set, where there is one. */
  addAll(other: SeenIds | undefined): void {
    const words = other?.words ?? new Uint32Array(0)
    for (let at = 0; at < words.length; at += WORDS_OF_ID) this.add(words, at, words[at + 4]!)
  }

  clear(): void {
    this.held = 0
    this.index = undefined
  }

  private append(a: number, b: number, c: number, d: number, usage: number): void {
    const at = this.held * WORDS_OF_ID
    if (at === this.list.length) {
      const larger = new Uint32Array(Math.max(2 * at, FIRST_IDS * WORDS_OF_ID))
      larger.set(this.list)
      this.list = larger
    }
    const { list } = this
    list[at] = a
    list[at + 1] = b
    list[at + 2] = c
    list[at + 3] = d
    list[at + 4] = usage
    this.held++
  }

  // A quarter of its places stay free, of which there are a power of two.
  private indexWithRoom(): Uint32Array {
    if (this.index !== undefined && this.held * 4 < this.index.length * 3) return this.index
    let slots = this.index === undefined ? FIRST_IDS : this.index.length * 2
    while (this.held * 4 >= slots * 3) slots *= 2
    const { list } = this
    const index = new Uint32Array(slots)
    for (let number = 1; number <= this.held; number++) {
      const place = (number - 1) * WORDS_OF_ID
      let slot = slotOf(list[place]!, list[place + 1]!, list[place + 2]!, list[place + 3]!, index)
      while (index[slot] !== 0) slot = (slot + 1) & (slots - 1)
      index[slot] = number
    }
    this.index = index
    return index
  }
}

// With words that nobody can foresee, so that no log can be written whose ids all share a place.
function slotOf(a: number, b: number, c: number, d: number, index: Uint32Array): number {
  const mixed = Math.imul(a + SECRET[0], b + SECRET[1]) + Math.imul(c + SECRET[2], d + SECRET[3])
  return (mixed ^ (mixed >>> 15)) & (index.length - 1)
}
