import { expect, test } from 'vitest'
import { piecesOfRule } from '../../src/pricing/match-rule.ts'

test('a name that fits a rule contains one of its pieces', () => {
  expect(piecesOfRule({ or: [{ starts_with: 'DeepSeek-' }, { equals: 'r1' }] })).toEqual(['deepseek-', 'r1'])
})

test('of a rule of several parts one is enough', () => {
  expect(piecesOfRule({ and: [{ contains: 'deepseek' }, { ends_with: 'chat' }] })).toEqual(['deepseek'])
})

test('a name that fits a regular expression may contain anything', () => {
  expect(piecesOfRule({ regex: '^deep.*' })).toEqual([''])
})
