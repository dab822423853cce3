// The days of a report: every one, empty ones too, and not millions of them.
import { describe, expect, test } from 'vitest'
import { parseDay } from '../../../src/base/calendar.ts'
import { type Instant, UTC } from '../../../src/base/zone.ts'
import { report as activity } from '../../../src/report/activity-report.ts'
import { report as clients } from '../../../src/report/clients-report.ts'
import { report as models } from '../../../src/report/models-report.ts'
import { timeKeysBetween } from '../../../src/report/table/buckets.ts'
import { makeFolder, reportOf } from '../../support/logs.ts'

const at = (text: string) => Date.parse(text) as Instant

describe('days between instants', () => {
  test('are all there', () => {
    const days = timeKeysBetween('day', at('2026-02-27T10:00:00Z'), at('2026-03-02T00:00:00Z'), UTC, [])
    expect(days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'].map(parseDay))
  })

  test('of more than a century are those that there is something of', () => {
    const present = [parseDay('9026-01-20')!, parseDay('2026-01-20')!]
    const days = timeKeysBetween('day', at('2026-01-20T10:00:00Z'), at('9026-01-20T10:00:00Z'), UTC, present)
    expect(days).toEqual([...present].reverse())
  })
})

describe('an event of the year 9026', () => {
  const lines = ['2026-01-20', '9026-01-20'].map(
    day => `{"timestamp":"${day}T10:00:00Z","client":"diageo","user":"anna","model":"gpt-4o","input_tokens":10}`,
  )

  test.each([
    [models, 'byDay'],
    [activity, 'days'],
  ])('is one more row of its report', async (report, key) => {
    const { document } = await reportOf(makeFolder({ 'odd.jsonl': lines.join('\n') }), { report })
    expect((document[key] as { day: string }[]).map(({ day }) => day)).toEqual(['2026-01-20', '9026-01-20'])
  })

  test('takes no trend of a client long', async () => {
    const { document } = await reportOf(makeFolder({ 'odd.jsonl': lines.join('\n') }), { report: clients })
    expect(document.clients).toMatchObject([{ client: 'diageo', analyses: 2, trend: 0 }])
  })
})
