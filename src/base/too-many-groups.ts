// What is said where a question has more groups than there is memory for.
import { MemoryError, optionName, systemCode } from './errors.ts'

export function tooManyGroups(): MemoryError {
  return new MemoryError(
    'too-many-groups',
    'There are more groups than memory: too many different users, sessions or the like.',
    {
      hint: `Ask for less: fewer fields in ${optionName('groupBy')}, a shorter range, or a filter such as ${optionName('client')}.`,
    },
  )
}

const NO_ROOM = /allocation failed|invalid array buffer length|invalid string length|(map|set) maximum size exceeded/i
const NO_ROOM_CODES = ['ERR_MEMORY_ALLOCATION_FAILED', 'ERR_STRING_TOO_LONG', 'ERR_WORKER_OUT_OF_MEMORY']

/** Whether the engine of JavaScript said that something is too large for it. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return NO_ROOM_CODES.includes(systemCode(error) ?? '') || (error instanceof RangeError && NO_ROOM.test(error.message))
}
