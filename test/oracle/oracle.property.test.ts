// A short hunt; the long one is `npm run hunt -- --answers 100000 --seed 7`.
import { expect, test } from 'vitest'
import { triesOf } from '../support/tries.ts'
import { hunt } from './hunt.ts'

const SEED = Number(process.env.SEED ?? 1)
const ANSWERS = triesOf(350, 4000, 20_000)

test(`usagebook answers as a plain program does, seed ${SEED}`, async () => {
  const { answers, differences } = await hunt(ANSWERS, SEED, false)
  expect(differences).toEqual([])
  expect(answers).toBeGreaterThanOrEqual(ANSWERS)
})

test('a group-by of event counts as many without a price as any other', async () => {
  expect((await hunt(60, 7, false)).differences).toEqual([])
})
