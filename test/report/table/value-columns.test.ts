import { expect, test } from 'vitest'
import { Group } from '../../../src/report/group/group.ts'
import { quantileOf } from '../../../src/report/table/value-columns.ts'
import { Sketch } from '../../../src/tally/sketch.ts'

test('a quantile of whole numbers is a whole number, within a hundredth of the true one; the largest is exact', () => {
  const group = new Group()
  const sketch = new Sketch()
  for (const rows of [721, 12_345, 12_345]) sketch.add(rows)
  group.mergeSketch(sketch)
  expect(quantileOf(group, 0.3)).toBe(724)
  expect(quantileOf(group, 1)).toBe(12_345)
})
