// A digest of a block of a file, by which it is known again. It finds accidents: every step can be undone, so that one
// changed word always shows, and what changes in a lane reaches the others. No protection against somebody who wants two
// blocks of one digest. Eight blocks of 16 bytes at a time, because each step waits for a product.

// The last bytes, filled up with zeros.
const REST: usize = memory.data(128, 16)

/** The digest of `length` bytes as 64 bits. */
export function digestBlock(start: usize, length: u32): u64 {
  let a = i32x4(0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f)
  let b = i32x4(0x165667b1, 0x5bd1e995, 0x2c1b3c6d, 0x297a2d39)
  let c = i32x4(0x1b873593, 0x38b34ae5, 0x7feb352d, 0x846ca68b)
  let d = i32x4.splat(length as i32)
  let e = v128.not(a)
  let f = v128.not(b)
  let g = v128.not(c)
  let h = v128.not(d)
  const end = start + ((length as usize) & ~127)
  for (let at = start; at < end; at += 128) {
    a = mix(a, v128.load(at))
    b = mix(b, v128.load(at, 16))
    c = mix(c, v128.load(at, 32))
    d = mix(d, v128.load(at, 48))
    e = mix(e, v128.load(at, 64))
    f = mix(f, v128.load(at, 80))
    g = mix(g, v128.load(at, 96))
    h = mix(h, v128.load(at, 112))
    a = i32x4.add(a, turned(b))
    c = i32x4.add(c, turned(d))
    e = i32x4.add(e, turned(f))
    g = i32x4.add(g, turned(h))
    b = i32x4.add(b, c)
    d = i32x4.add(d, e)
    f = i32x4.add(f, g)
    h = i32x4.add(h, a)
  }
  memory.fill(REST, 0, 128)
  memory.copy(REST, end, length & 127)
  let all: u64 = 0
  all = fold(all, mix(a, v128.load(REST)))
  all = fold(all, mix(b, v128.load(REST, 16)))
  all = fold(all, mix(c, v128.load(REST, 32)))
  all = fold(all, mix(d, v128.load(REST, 48)))
  all = fold(all, mix(e, v128.load(REST, 64)))
  all = fold(all, mix(f, v128.load(REST, 80)))
  all = fold(all, mix(g, v128.load(REST, 96)))
  return fold(all, mix(h, v128.load(REST, 112)))
}

@inline
function mix(words: v128, block: v128): v128 {
  const product = i32x4.mul(v128.xor(words, block), i32x4(0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f))
  return v128.xor(product, i32x4.shr_u(product, 15))
}

@inline
function turned(words: v128): v128 {
  return i32x4.shuffle(words, words, 1, 2, 3, 0)
}

function fold(state: u64, words: v128): u64 {
  let all = (state ^ (i64x2.extract_lane(words, 0) as u64)) * 0x9fb21c651e98df25
  all = (all ^ (all >> 31) ^ (i64x2.extract_lane(words, 1) as u64)) * 0x9fb21c651e98df25
  return all ^ (all >> 29)
}
