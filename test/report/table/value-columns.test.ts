import { expect, test } from 'vitest'
import { Group } from '../../../src/report/group/group.ts'
import { quantileOf } from '../../../src/report/table/value-columns.ts'

test('a quantile of whole numbers is a whole number, within a hundredth of the true one; the largest is exact', () => {
  const group = new Group()
  for (const rows of [721, 12_345, 12_345]) group.sketch.add(rows)
  expect(quantileOf(group, 0.3)).toBe(724)
  expect(quantileOf(group, 1)).toBe(12_345)
})
