// A cost that is a part of what there was is marked as one in every table of every report: its column says which other column
// counts what has no price, and that column is there.
import { expect, test } from 'vitest'
import { REPORTS } from '../../src/report/catalogue.ts'
import { dashboardDefinition } from '../../src/report/dashboard-report.ts'
import { makeFolder, reportOf } from '../support/logs.ts'

const LINES = ['gpt-4o', 'house-model'].map(model => ({
  ...{ ts: '2026-03-09T08:00:00Z', client: 'diageo', user: 'anna', profile: 'p', feature: 'chat', country: 'FR' },
  ...{ session: 's', model, input_tokens: 1000, duration_ms: 5 },
}))

const DASHBOARD = { name: 'dashboard', load: async () => dashboardDefinition('7d') }

test.each([...REPORTS, DASHBOARD])('$name', async ({ load }) => {
  const report = await load()
  const logs = { '2026-03-09.jsonl': LINES.map(line => `${JSON.stringify(line)}\n`).join('') }
  const { sections } = await reportOf(makeFolder(logs), { report })
  for (const { name, columns } of sections) {
    const keys = columns.map(({ key }) => key)
    for (const { key, unpricedKey } of columns.filter(({ kind }) => kind === 'money')) {
      expect([name, key, keys]).toEqual([name, key, expect.arrayContaining([unpricedKey ?? 'unpriced_analyses'])])
    }
  }
})
