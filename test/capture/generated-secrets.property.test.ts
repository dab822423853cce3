import { expect, it } from 'vitest'
import { SEED } from '../fixed-seed.ts'
import { triesOf } from '../support/tries.ts'
import { sendSecrets } from './send-secrets.ts'

// The long run is "npm run fuzz:capture -- --requests 100000".
it('no secret of generated requests is in the log, on any framework', async () => {
  const seed = SEED
  const { requests, logged, leaks } = await sendSecrets(triesOf(500, 1400, 20_000), seed)
  expect(leaks, `seed ${seed}`).toEqual([])
  // Fastify refuses a broken escape before its hooks run.
  expect(logged, `seed ${seed}`).toBeGreaterThan(requests * 0.97)
})
