// No report is left to the reference reader, which takes twenty times as long.
import { expect, test, vi } from 'vitest'
import { REPORTS } from '../../src/report/catalogue.ts'
import { ReferenceReader } from '../../src/scan/reference-reader.ts'
import { makeFolder, reportOf } from '../support/logs.ts'

// The built-in prices of this model change by the hour of the day.
const LINE = `{"timestamp":"2026-03-01T01:00:00Z","client":"diageo","user":"a@diageo.com","model":"deepseek-chat","input_tokens":9}\n`

test('every report is answered by the kernel, also where prices change within a day', async () => {
  const read = vi.spyOn(ReferenceReader.prototype, 'advance')
  const folder = makeFolder({ '2026-03-01.jsonl': LINE })
  for (const { load } of REPORTS) {
    const report = await load()
    const { ledger } = await reportOf(folder, { report, days: { period: '2026-03' } })
    expect([report.name, ledger.read, read.mock.calls.length]).toEqual([report.name, 1, 0])
  }
  read.mockRestore()
})
