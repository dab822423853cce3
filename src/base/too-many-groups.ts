// The error for a question that has more groups than there is memory for.
import { MemoryError, optionName, systemCode } from './errors.ts'

/** With the size of JavaScript's heap where that is what is full, since it can be made larger. */
export function tooManyGroups(heapBytes?: number): MemoryError {
  const less = `Ask for less: fewer fields in ${optionName('groupBy')}, a shorter range, or a filter such as ${optionName('client')}.`
  const more = heapBytes === undefined ? '' : ` Or give it more memory: ${largerHeap(heapBytes)}.`
  return new MemoryError(
    'too-many-groups',
    'There are too many groups for the memory: too many different users, sessions or the like.',
    { hint: less + more },
  )
}

function largerHeap(heapBytes: number): string {
  return `NODE_OPTIONS=--max-old-space-size=${2 * Math.ceil(heapBytes / MIB)}`
}

const MIB = 2 ** 20

const NO_ROOM = /allocation failed|invalid array buffer length|invalid string length|(map|set) maximum size exceeded/i
const NO_ROOM_CODES = ['ERR_MEMORY_ALLOCATION_FAILED', 'ERR_STRING_TOO_LONG', 'ERR_WORKER_OUT_OF_MEMORY']

/** Whether the engine of JavaScript said that something is too large for it. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return NO_ROOM_CODES.includes(systemCode(error) ?? '') || (error instanceof RangeError && NO_ROOM.test(error.message))
}
