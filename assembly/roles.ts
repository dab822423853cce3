// Which slot holds what the judge needs to know of a row: the roles of slots, in the order of src/kernel/judge.ts.
import * as R from './rows'

export const EVENT = 0
export const STATUS = 1
export const STATUS_CODE = 2
export const ERROR = 3
export const INPUT = 4
export const CACHE_READ = 5
export const CACHE_WRITE = 6
export const CACHE_WRITE_1H = 7
export const READ_BESIDE = 8
export const WRITE_BESIDE = 9
export const OUTPUT = 10
export const REASONING = 11
export const TOTAL = 12
export const THOUGHTS = 13
export const TOOLS = 14
export const CACHES_INSIDE = 15
export const TOOLS_BESIDE = 16
export const THOUGHTS_BESIDE = 17
const ROLES: usize = memory.data(32, 16)

/** Of the roles that say something about tokens beside plain input and output. */
export let tokenBits: u64 = 0

export function setRole(role: u32, slot: u32): void {
  store<u8>(ROLES + role, slot as u8)
  // What input and output are by themselves needs no second look, whatever name they have.
  if (role > (INPUT as u32) && role != (OUTPUT as u32) && role <= (TOOLS as u32)) tokenBits |= (1 as u64) << slot
}

@inline
export function roleBit(role: usize): u64 {
  return (1 as u64) << load<u8>(ROLES + role)
}

@inline
export function roleColumn(role: usize): usize {
  return R.columnOf(load<u8>(ROLES + role))
}

@inline
export function valueOf(role: usize, row: usize): u64 {
  return load<u64>(roleColumn(role) + (row << 3))
}

/** The column of a role; 0 where no row has a value of it. */
@inline
export function seenColumn(role: usize): usize {
  return (R.someSeen & roleBit(role)) == 0 ? 0 : roleColumn(role)
}
