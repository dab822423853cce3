import { expect, it } from 'vitest'
import { SEED } from '../fixed-seed.ts'
import { Random } from '../scan/random.ts'
import { triesOf } from '../support/tries.ts'
import { fuzzEditedFiles } from './edited-files.ts'

const seed = SEED

it(`a wrong file that people edit ends each command as documented (seed ${seed})`, async () => {
  expect(await fuzzEditedFiles(new Random(seed), triesOf(50, 150, 1500))).toBeUndefined()
})
