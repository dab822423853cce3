// Memory of the kernel: blocks of powers of two from the end of the static data upwards, reused once they are released.

@external('host', 'outOfMemory')
declare function outOfMemory(): void

// Heads of the free lists, one for each power of two.
const FREE: usize = memory.data(32 * 4, 16)
let top: usize = 0

@inline
function classOf(size: usize): u32 {
  return size <= 64 ? 6 : 32 - clz<u32>((size - 1) as u32)
}

/** For how many entries there should be room where there are `count`: a power of two, 64 at least. */
@inline
export function roomFor(count: u32): u32 {
  return count <= 64 ? 64 : (1 as u32) << (32 - clz<u32>(count - 1))
}

/** A block of at least `size` bytes, zeroed, on a 64-byte border. At the end of memory the host is told, and throws. */
export function allocate(size: usize): usize {
  const sizeClass = classOf(size)
  // A shift by more is one by less.
  if (sizeClass > 31) outOfMemory()
  const head = FREE + ((sizeClass as usize) << 2)
  const reused = load<u32>(head) as usize
  if (reused !== 0) {
    store<u32>(head, load<u32>(reused))
    memory.fill(reused, 0, (1 as usize) << sizeClass)
    return reused
  }
  if (top === 0) top = (__heap_base + 63) & ~63
  const block = top
  top += (1 as usize) << sizeClass
  if (top < block) outOfMemory()
  const pages = memory.size()
  const wanted = ((top >> 16) + 1) as i32
  // In large steps, because each is a matter of the whole process; pages that nobody touches cost nothing.
  if (wanted > pages && memory.grow(max<i32>(wanted - pages, max<i32>(16, pages >> 2))) < 0) {
    if (memory.grow(wanted - pages) < 0) outOfMemory()
  }
  return block
}

/** Gives a block back that `allocate(size)` gave. */
export function release(block: usize, size: usize): void {
  const head = FREE + ((classOf(size) as usize) << 2)
  store<u32>(block, load<u32>(head))
  store<u32>(head, block as u32)
}

/** A block of `size` bytes that begins with the bytes of an older, smaller one, which is released. */
export function enlarge(block: usize, oldSize: usize, size: usize): usize {
  const larger = allocate(size)
  if (block !== 0) {
    memory.copy(larger, block, oldSize)
    release(block, oldSize)
  }
  return larger
}
