// The tokens of a row, once it is clear which of its numbers are part of which. As src/event/token-sums.ts.
import * as P from '../src/kernel/protocol'
import { allocate } from './memory'
import { roleBit, roleValue, seenColumn, tokenBits } from './roles'
import * as R from './rows'

/** Numbers of tokens that an event has, in the order of src/query/measures.ts. */
export const TOKEN_COLUMNS: u32 = 7
const SAFE_MAX: u64 = 9007199254740991

/** Input, cache read, cache write, cache write 1 h, output, reasoning and unsplit tokens by row. */
let TOKENS: usize = 0
let hasTokens: bool = false

export function initTokens(): void {
  TOKENS = allocate(R.ROWS * 8 * TOKEN_COLUMNS)
}

/** Begins a block; whether its rows have more than plain input and output, and are to be resolved. */
export function beginTokens(): bool {
  hasTokens = (R.someSeen & tokenBits) !== 0
  return hasTokens
}

/** False where the parts of the tokens are more than the whole. */
export function resolveTokens(row: usize, seen: u64): bool {
  const given = roleValue(P.ROLE_INPUT, row)
  const hour = roleValue(P.ROLE_CACHE_WRITE_1H, row)
  const answered = roleValue(P.ROLE_OUTPUT, row)
  const thoughts = roleValue(P.ROLE_THOUGHTS, row)
  const hasInput = (seen & roleBit(P.ROLE_INPUT)) !== 0
  const hasOutput = (seen & roleBit(P.ROLE_OUTPUT)) !== 0
  const areCachesInside = (seen & (roleBit(P.ROLE_CACHES_INSIDE) | roleBit(P.ROLE_TOOLS_BESIDE))) !== 0
  const isReadBeside = (seen & roleBit(P.ROLE_CACHE_READ)) === 0 && (seen & roleBit(P.ROLE_READ_BESIDE)) !== 0
  const isWriteInside = (seen & roleBit(P.ROLE_CACHE_WRITE)) !== 0
  const isWriteBeside = !isWriteInside && (seen & roleBit(P.ROLE_WRITE_BESIDE)) !== 0
  const read = isReadBeside ? roleValue(P.ROLE_READ_BESIDE, row) : roleValue(P.ROLE_CACHE_READ, row)
  const write = isWriteBeside
    ? roleValue(P.ROLE_WRITE_BESIDE, row)
    : isWriteInside
      ? roleValue(P.ROLE_CACHE_WRITE, row)
      : hour
  const tools = !hasInput || (seen & roleBit(P.ROLE_TOOLS_BESIDE)) !== 0 ? roleValue(P.ROLE_TOOLS, row) : 0
  const input =
    given + tools + (isReadBeside && !areCachesInside ? read : 0) + (isWriteBeside && !areCachesInside ? write : 0)
  const output = answered + (!hasOutput || (seen & roleBit(P.ROLE_THOUGHTS_BESIDE)) !== 0 ? thoughts : 0)
  const reasoning = (seen & roleBit(P.ROLE_REASONING)) !== 0 ? roleValue(P.ROLE_REASONING, row) : thoughts
  const isUnsplit = !hasInput && !hasOutput && input === 0 && output === 0
  if (input > SAFE_MAX || output > SAFE_MAX || read + write > input || hour > write || reasoning > output) return false
  const at = TOKENS + (row << 3)
  store<u64>(at, input)
  store<u64>(at + R.ROWS * 8, read)
  store<u64>(at + R.ROWS * 16, write)
  store<u64>(at + R.ROWS * 24, hour)
  store<u64>(at + R.ROWS * 32, output)
  store<u64>(at + R.ROWS * 40, reasoning)
  store<u64>(at + R.ROWS * 48, isUnsplit ? roleValue(P.ROLE_TOTAL, row) : 0)
  return true
}

/** The column of one kind of resolved tokens by row; 0 where all are zero. */
export function tokenColumn(index: u32): usize {
  if (!hasTokens) return index === 0 ? seenColumn(P.ROLE_INPUT) : index === 4 ? seenColumn(P.ROLE_OUTPUT) : 0
  let bits: u64 = u64.MAX_VALUE
  if (index === 1) bits = roleBit(P.ROLE_CACHE_READ) | roleBit(P.ROLE_READ_BESIDE)
  else if (index === 2)
    bits = roleBit(P.ROLE_CACHE_WRITE) | roleBit(P.ROLE_WRITE_BESIDE) | roleBit(P.ROLE_CACHE_WRITE_1H)
  else if (index === 3) bits = roleBit(P.ROLE_CACHE_WRITE_1H)
  else if (index === 5) bits = roleBit(P.ROLE_REASONING) | roleBit(P.ROLE_THOUGHTS)
  else if (index === 6) bits = roleBit(P.ROLE_TOTAL)
  return (R.someSeen & bits) === 0 ? 0 : TOKENS + (index as usize) * R.ROWS * 8
}
