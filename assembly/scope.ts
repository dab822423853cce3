// Leaves out the rows of a block that are out of scope, before anything else is asked of them. They become lines that are left
// out, so that the judge's loop has nothing more to ask where there is no scope.
import * as P from '../src/kernel/protocol'
import { memoAt } from './judge'
import * as R from './rows'

const SLOTS: usize = memory.data(P.SCOPE_RULES_MAX * 4, 16)
let ruleCount: u32 = 0

/** A rule on a text slot; its memo is P.MEMO_FIRST_SCOPE + its number. */
export function addScopeRule(slot: u32): void {
  store<u32>(SLOTS + ((ruleCount as usize) << 2), slot)
  ruleCount++
}

export function isScoped(): bool {
  return ruleCount !== 0
}

/** How many rows were left out. */
export function leaveOut(): u32 {
  if (ruleCount === 0) return 0
  let count: u32 = 0
  for (let row: usize = 0; row < (R.rows as usize); row++) {
    // The reader has asked whose the lines are that the format leaves out.
    if ((R.hasKinds && load<u8>(R.TIME_KINDS + row) === P.TIME_SKIPPED) || isInScope(row)) continue
    R.leaveOutRow(row)
    count++
  }
  return count
}

function isInScope(row: usize): bool {
  for (let index: usize = 0; index < ruleCount; index++) {
    const column = R.columnOf(load<u32>(SLOTS + (index << 2)))
    const memo = memoAt((P.MEMO_FIRST_SCOPE as usize) + index)
    if (load<u8>(memo + load<u32>(column + (row << 2))) === 0) return false
  }
  return true
}
