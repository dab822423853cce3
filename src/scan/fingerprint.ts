// A 128-bit fingerprint of an id's UTF-8 bytes. Ids of up to 16 bytes never share one; for longer ones two among a
// billion do with a chance of about 10^-21. Only 32-bit steps, so that every reader computes the same.

const M0 = 0x9e3779b1
const M1 = 0x85ebca6b
const M2 = 0xc2b2ae35
const M3 = 0x27d4eb2f

/**
 * Writes the four words of `bytes` from `start` to `end` at `target[at]`. Blocks of 16 bytes, the last padded with zeros,
 * little-endian, are mixed in by steps that can each be undone; the length goes in last. Never all zeros.
 */
export function fingerprint(bytes: Uint8Array, start: number, end: number, target: Uint32Array, at: number): void {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let block = start; block < end; block += 16) {
    a = mix(a ^ wordAt(bytes, block, end), M0)
    b = mix(b ^ wordAt(bytes, block + 4, end), M1)
    c = mix(c ^ wordAt(bytes, block + 8, end), M2)
    d = mix(d ^ wordAt(bytes, block + 12, end), M3)
    a = (a + b) | 0
    b = (b + c) | 0
    c = (c + d) | 0
    d = (d + a) | 0
  }
  const length = end - start
  a = mix(a ^ length, M1)
  b = (mix(b, M2) + a) | 0
  c = (mix(c, M3) + b) | 0
  d = (mix(d, M0) + c) | 0
  a = (a + d) | 0
  if ((a | b | c | d) === 0) d = 1
  target[at] = a
  target[at + 1] = b
  target[at + 2] = c
  target[at + 3] = d
}

function mix(word: number, multiplier: number): number {
  const product = Math.imul(word, multiplier)
  return product ^ (product >>> 15)
}

function wordAt(bytes: Uint8Array, index: number, end: number): number {
  let word = 0
  for (let byte = 0; byte < 4; byte++) {
    if (index + byte < end) word |= bytes[index + byte]! << (8 * byte)
  }
  return word
}
