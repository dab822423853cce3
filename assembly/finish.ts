// What is done behind the last value of a line where the format wants it: lines that are left out, constants, joined ids.
import * as P from '../src/kernel/protocol'
import { fingerprint } from './fingerprint'
import { allocate, release } from './memory'
import * as R from './rows'
import { seen, setSeen } from './values'

@external('host', 'learnSkip')
declare function learnSkip(slot: i32): void

// By slot: place and number of the known answers of a skip test, a byte for each code.
const SKIP_MEMOS: usize = memory.data(64 * 8, 16)
let joined: usize = 0
let joinedSize: usize = 0

export function setSkipMemo(slot: i32, memo: usize, count: u32): void {
  store<u32>(SKIP_MEMOS + (slot << 3), memo as u32)
  store<u32>(SKIP_MEMOS + (slot << 3), count, 4)
}

/** True where the line is left out; else the row has its constants and its id. */
export function finishRow(row: usize): bool {
  for (let left = R.skipSlots; left !== 0; left &= left - 1) {
    const slot = ctz(left) as u32
    const code = load<u32>(R.columnOf(slot) + (row << 2))
    const memo = SKIP_MEMOS + ((slot as usize) << 3)
    if (code >= load<u32>(memo, 4)) learnSkip(slot)
    if (load<u8>((load<u32>(memo) as usize) + code) !== 0) {
      R.clearRow(seen)
      R.setKind(P.TIME_SKIPPED)
      return true
    }
  }
  for (let left = R.constantSlots & ~seen; left !== 0; left &= left - 1) {
    const slot = ctz(left) as u32
    const column = R.columnOf(slot)
    if (column !== 0) store<u32>(column + (row << 2), load<u32>(R.slotAt(slot), 12))
    setSeen(seen | ((1 as u64) << slot))
  }
  if (R.idSlots !== 0) joinId(row)
  return false
}

function joinId(row: usize): void {
  let length: usize = 0
  let hasText = false
  for (let left = R.idSlots; left !== 0; left &= left - 1)
    length += load<u32>(R.PARTS + ((ctz(left) as usize) << 3), 4) + 1
  if (length + 16 > joinedSize) {
    if (joined !== 0) release(joined, joinedSize)
    joinedSize = length * 2 + 256
    joined = allocate(joinedSize)
  }
  let to = joined
  for (let left = R.idSlots; left !== 0; left &= left - 1) {
    const part = R.PARTS + ((ctz(left) as usize) << 3)
    const size = load<u32>(part, 4) as usize
    memory.copy(to, load<u32>(part), size)
    to += size
    store<u8>(to++, 58)
    if (size !== 0) hasText = true
    store<u64>(part, 0)
  }
  if (hasText && R.wantsIds) fingerprint(joined, to - 1, R.IDS + (row << 4))
}
