// Money for programs: as numbers, as JSON.parse makes them, or as text with all its digits.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { collect, openStory, printedJson } from '../support/library.ts'
import { makeFolder } from '../support/logs.ts'

const COST = '12345.6789012345678901234567'
const LINE = `{"timestamp":"2026-02-02T10:00:00Z","event":"analysis","client":"diageo","model":"gpt-4o","duration_ms":0.1234567890123456789,"cost_usd":${COST}}`

function workspaceOf(line: string): string {
  const root = makeFolder()
  writeFileSync(join(root, '2026-02-02.jsonl'), `${line}\n`)
  return root
}

const logs = '2026-02-02.jsonl'

it('as text it has all its digits, in reports, events and prices', async () => {
  const workspace = await openStory(workspaceOf(LINE), { money: 'string' })
  const { summary } = await workspace.report({ logs })
  expect(summary?.costUsd).toBe(COST)
  const [event] = await collect(workspace.events({ logs }))
  expect(event).toMatchObject({ cost_usd: COST, duration_ms: 0.12345678901234568 })
  const explained = await workspace.prices.explain('gpt-4o', { usage: { input: 1 } })
  expect(JSON.stringify(explained)).toMatch(/"0\.0000025"/)
})

it('as a number it is what JSON.parse makes of it', async () => {
  const root = workspaceOf(LINE)
  const workspace = await openStory(root)
  const report = await workspace.report({ logs })
  expect(report.summary?.costUsd).toBe(Number(COST))
  expect(report).toEqual(await printedJson(root, ['--logs', logs]))
})

it('so are what it was before, and the rate of a currency', async () => {
  const root = workspaceOf(LINE)
  const configuration = '{"currencies": {"EUR": [{"from": "2026-01-01", "perUsd": "0.5"}]}}'
  writeFileSync(join(root, 'usagebook.config.json'), configuration)
  const workspace = await openStory(root, { money: 'string', configuration: true })
  const call = { logs, period: '2026-02-03', compare: '2026-02-02', currency: 'EUR' }
  const { currency, summary } = await workspace.report(call)
  expect(currency?.perUsd).toBe('0.5')
  expect(summary?.previous).toMatchObject({ costUsd: COST, analyses: 1 })
})

it('only money becomes text', async () => {
  const root = workspaceOf(LINE)
  const [asText, asNumbers] = [await openStory(root, { money: 'string' }), await openStory(root)]
  for (const name of ['usage', 'models', 'latency', 'trends', 'clients', 'countries', 'sessions'] as const) {
    const call = { logs, name, lastDays: 7 }
    const differing = differencesOf(await asText.report(call), await asNumbers.report(call))
    for (const path of differing) expect(path).toMatch(/cost|usd/i)
  }
})

function differencesOf(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || a === null) return a === b ? [] : [path]
  return Object.entries(a).flatMap(([key, value]) =>
    differencesOf(value, (b as Record<string, unknown>)[key], `${path}.${nameOf(value) ?? key}`),
  )
}

function nameOf(row: unknown): string | undefined {
  return (row as { metric?: string } | null)?.metric
}
