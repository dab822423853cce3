// Which slot holds what the judge needs to know of a row: the roles of slots.
import * as P from '../src/kernel/protocol'
import * as R from './rows'

const ROLES: usize = memory.data(32, 16)

/** Of the roles that say something about tokens beside plain input and output. */
export let tokenBits: u64 = 0

export function setRole(role: u32, slot: u32): void {
  store<u8>(ROLES + role, slot as u8)
  // What input and output are by themselves needs no second look, whatever name they have.
  if (role > (P.ROLE_INPUT as u32) && role !== (P.ROLE_OUTPUT as u32) && role <= (P.ROLE_TOOLS as u32))
    tokenBits |= (1 as u64) << slot
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
export function roleValue(role: usize, row: usize): u64 {
  return load<u64>(roleColumn(role) + (row << 3))
}

/** The column of a role; 0 where no row has a value of it. */
@inline
export function seenColumn(role: usize): usize {
  return (R.someSeen & roleBit(role)) === 0 ? 0 : roleColumn(role)
}
