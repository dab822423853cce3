import { describe, expect, test } from 'vitest'
import { flagWord, optionKey } from '../../../src/app/request/flag-word.ts'
import { optionName, UsageError } from '../../../src/base/errors.ts'
import { flagNames } from '../../../src/cli/output/flag-names.ts'

const FLAGS = [
  { name: 'start-date', aliases: ['since', 'start'], help: '', group: 'Range' as const },
  { name: 'end-date', aliases: ['until'], help: '', group: 'Range' as const },
  { name: 'end', help: '', group: 'Range' as const },
]
const [START, END] = [optionName('startDate'), optionName('endDate')]
const ERROR = new UsageError('bad-date-range', `${START} 3 is not before the end of ${END} 2.`, {
  where: { option: 'startDate' },
  hint: `Leave ${START} out; ${optionName('end')} and ${optionName('logTimezone')} are others.`,
})

function typed(...words: string[]): string {
  const { message, hint } = ERROR.inWords(flagNames({ words, flags: FLAGS }))
  return `${message} ${hint}`
}

describe('an error about options', () => {
  test('names them as code does, until a door has a say', () => {
    expect(ERROR.message).toBe('startDate 3 is not before the end of endDate 2.')
    expect(ERROR.hint).toBe('Leave startDate out; end and logTimezone are others.')
  })

  test('names them as they were typed', () => {
    expect(typed('--since', '3', '--until=2')).toBe(
      '--since 3 is not before the end of --until 2. Leave --since out; --end and --log-timezone are others.',
    )
  })

  test('names by their own names those that were typed so, or not at all', () => {
    expect(typed('--start-date', '3', '--until', '2')).toMatch(/^--start-date 3 .* --until 2\./)
    expect(typed()).toMatch(/^--start-date 3 .* --end-date 2\./)
  })
})

test('the word of a flag and the name of its option are made from each other', () => {
  for (const word of ['last-days', 'cache-write-1h', 'by', 'no-cost', 'group-by'])
    expect(flagWord(optionKey(word))).toBe(word)
})
