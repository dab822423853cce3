import { expect, it } from 'vitest'
import { SEED } from '../fixed-seed.ts'
import { triesOf } from '../support/tries.ts'
import { makeHostileCalls } from './hostile-calls.ts'

// The long run is "npm run fuzz:capture-calls -- --calls 1000000".
it('no call throws, rejects or writes a broken line, whatever it is given', async () => {
  const seed = SEED
  const { problems, brokenLines, lines, logged } = await makeHostileCalls(triesOf(1000, 1000, 100_000), seed)
  expect(problems, `seed ${seed}`).toEqual([])
  expect({ brokenLines, lines }, `seed ${seed}`).toEqual({ brokenLines: 0, lines: logged })
  expect(lines).toBeGreaterThan(300)
})
