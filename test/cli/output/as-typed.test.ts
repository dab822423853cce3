import { describe, expect, test } from 'vitest'
import { InputError, UsageError } from '../../../src/base/errors.ts'
import { asTyped } from '../../../src/cli/output/as-typed.ts'

const FLAGS = [
  { name: 'start-date', aliases: ['since', 'start'], help: '', group: 'Range' as const },
  { name: 'end-date', aliases: ['until'], help: '', group: 'Range' as const },
  { name: 'end', help: '', group: 'Range' as const },
]
const ERROR = new UsageError('bad-date-range', '--start-date 3 is not before the end of --end-date 2.', {
  where: { flag: '--start-date' },
  hint: 'Leave --start-date out; --end and --start-date-2 are others.',
})

function typed(...words: string[]): UsageError {
  return asTyped(ERROR, words, FLAGS) as UsageError
}

describe('an error about flags', () => {
  test('names them as they were typed', () => {
    const error = typed('--since', '3', '--until=2')
    expect(error.message).toBe('--since 3 is not before the end of --until 2.')
    expect(error.where).toEqual({ flag: '--since' })
    expect(error.hint).toBe('Leave --since out; --end and --start-date-2 are others.')
    expect(error.code).toBe('bad-date-range')
  })

  test('keeps the names of those that were typed by their own', () => {
    expect(typed('--start-date', '3', '--until', '2').message).toBe(
      '--start-date 3 is not before the end of --until 2.',
    )
    expect(typed('--start-date', '3')).toBe(ERROR)
  })

  test('is the same error where it is about something else', () => {
    const error = new InputError('no-logs', 'There is no --start-date in it.', {})
    expect(asTyped(error, ['--since', '3'], FLAGS)).toBe(error)
  })
})
