import { expect, test } from 'vitest'
import { isErrorCode, meaningOfStatus } from '../../src/event/status.ts'

test.each([
  ['ok', 'ok'],
  ['Success', 'ok'],
  ['true', 'ok'],
  ['false', 'error'],
  ['FAILED', 'error'],
  ['200', 'ok'],
  ['503', 'error'],
  ['pending', 'unknown'],
  [undefined, 'unknown'],
])('status %s means %s', (text, meaning) => {
  expect(meaningOfStatus(text)).toBe(meaning)
})

test.each([
  ['399', false],
  ['400', true],
  ['529', true],
  ['500.0', true],
  ['ECONNRESET', false],
  [undefined, false],
])('code %s is one of an error: %s', (text, isError) => {
  expect(isErrorCode(text)).toBe(isError)
})
