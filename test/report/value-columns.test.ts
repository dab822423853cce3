import { expect, test } from 'vitest'
import { Group } from '../../src/report/group.ts'
import { quantileOf } from '../../src/report/value-columns.ts'

test('a quantile of whole numbers is a whole number, within a hundredth of the true one', () => {
  const group = new Group()
  group.sketch.add(723)
  expect(quantileOf(group, 1)).toBe(724)
})
