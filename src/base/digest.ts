// Digests that detect accidents: a changed, missing or moved byte. They do not protect against somebody who wants two contents
// with the same digest. Made for a process that has just started: 1.5 MB take about 2 ms while the code is still being
// compiled; loading node:crypto alone takes as long. The steps are few and the words signed, because signed words are not
// boxed in code that is not optimised yet, and short calls are optimised sooner than one long loop.

const CALL_WORDS = 1024

/** A digest of an even number of words as two words. Every step can be undone, so that one changed word always shows. */
export function digestWords(words: Int32Array, seed = 0): [number, number] {
  const state: [number, number] = [words.length ^ seed, seed]
  for (let at = 0; at < words.length; at += CALL_WORDS) {
    digestPart(words, at, Math.min(words.length, at + CALL_WORDS), state)
  }
  const [a, b] = state
  return [Math.imul(a ^ (b >>> 15), 0x85ebca6b) | 0, Math.imul(b ^ (a >>> 13), 0xc2b2ae35) | 0]
}

function digestPart(words: Int32Array, from: number, to: number, state: [number, number]): void {
  let [a, b] = state
  for (let at = from; at < to; at += 2) {
    a = (Math.imul(a ^ words[at]!, 0x9e3779b1) + (b >>> 7)) | 0
    b = (Math.imul(b ^ words[at + 1]!, 0x27d4eb2f) + (a >>> 9)) | 0
  }
  state[0] = a
  state[1] = b
}

/** A short name that stands for a text or for bytes: 32 hexadecimal digits. */
export function digest(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const words = new Int32Array(Math.ceil(bytes.length / 8) * 2 + 2)
  new Uint8Array(words.buffer).set(bytes)
  words[words.length - 1] = bytes.length
  return [...digestWords(words), ...digestWords(words, 0x5bd1e995)].map(hexOf).join('')
}

function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
