import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UTC } from '../../src/base/zone.ts'
import { usageLog } from '../../src/capture/index.ts'
import { contradictoryTokens } from '../../src/capture/token-rules.ts'
import { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { findLogs } from '../../src/log/find-logs.ts'
import { NO_CUTS } from '../../src/query/rate-cuts.ts'
import { openLogFolder } from './log-folder.ts'

async function rejectedIn(dir: string): Promise<number> {
  const { files } = findLogs([{ path: dir, format: null }], dir)
  const query = {
    range: { from: null, to: null },
    timezone: UTC.name,
    logTimezone: UTC.name,
    kinds: 'all',
    conditions: [],
    dedupe: 'file',
    cuts: NO_CUTS,
    extras: [],
    groupBys: [],
  } as const
  const request = { query, files, formatOf: () => NATIVE_FORMAT, openStdin: () => Readable.from([]), hooks: {} }
  return (await new LocalEngine().run(request)).ledger.rejected
}

const tokens = fc.record(
  {
    inputTokens: fc.nat(9),
    outputTokens: fc.nat(9),
    cacheReadTokens: fc.nat(9),
    cacheWriteTokens: fc.nat(9),
    cacheWrite1hTokens: fc.nat(9),
    cacheReadInputTokens: fc.nat(9),
    cacheCreationInputTokens: fc.nat(9),
    reasoningTokens: fc.nat(9),
  },
  { requiredKeys: [] },
)

describe('contradictoryTokens', () => {
  it('leaves nothing in a line that a reader rejects', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tokens, { minLength: 20, maxLength: 40 }), async events => {
        const folder = openLogFolder()
        const usage = usageLog({ dir: folder.dir })
        for (const event of events) usage.analysis(event)
        await usage.close()
        expect(await rejectedIn(folder.dir)).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  it('finds nothing wrong with parts that are as large as their whole', () => {
    expect(
      contradictoryTokens({
        inputTokens: 10,
        cacheReadTokens: 6,
        cacheWriteTokens: 4,
        cacheWrite1hTokens: 4,
        outputTokens: 3,
        reasoningTokens: 3,
      }),
    ).toBeUndefined()
  })

  it('finds nothing wrong with writes for an hour that are counted beside the input', () => {
    expect(
      contradictoryTokens({ inputTokens: 1, cacheCreationInputTokens: 50, cacheWrite1hTokens: 50 }),
    ).toBeUndefined()
  })
})
