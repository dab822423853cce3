// No report is left to the reference reader, which takes twenty times as long: not to make one is what this is about.
import { expect, test, vi } from 'vitest'
import { makeFolder, reportOf } from '../support/logs.ts'

vi.mock('../../src/scan/reference-reader.ts', () => ({
  ReferenceReader: class {
    constructor() {
      throw new Error('read by the reference')
    }
  },
}))

const { REPORTS } = await import('../../src/report/catalogue.ts')

// The built-in prices of this model change by the hour of the day.
const LINE = `{"timestamp":"2026-03-01T01:00:00Z","client":"diageo","user":"a@diageo.com","model":"deepseek-chat","input_tokens":9}\n`

test('every report is answered by the kernel, also where prices change within a day', async () => {
  const folder = makeFolder({ '2026-03-01.jsonl': LINE })
  for (const { load } of REPORTS) {
    const report = await load()
    const { ledger } = await reportOf(folder, { report, days: { period: '2026-03' } })
    expect([report.name, ledger.read]).toEqual([report.name, 1])
  }
})
