// What a report says first and below: one fact once, in the number of its count.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'
import { runInProcess } from '../support/run-in-process.ts'

async function textOf(events: readonly object[], ...words: string[]): Promise<string> {
  const { dir } = openLogFolder()
  const lines = events.map(event => JSON.stringify({ timestamp: '2026-02-02T01:00:00Z', ...event }))
  writeFileSync(join(dir, '2026-02-02.jsonl'), `${lines.join('\n')}\n`)
  const { stdout } = await runInProcess([...words, '--logs', dir], dir, { TZ: 'UTC', NO_COLOR: '1' }, undefined)
  return stdout
}

it.each([
  ['threats', { event: 'threat' }, '1 threat '],
  ['latency', { duration_ms: 5 }, '1 event with a duration'],
  ['features', { feature: 'chat' }, '1 analysis '],
  ['queries', { event: 'user_query' }, '1 query '],
  ['usage', { input_tokens: 1 }, '1 token '],
])('one of %s is in the singular', async (report, event, words) => {
  expect(await textOf([event], 'report', report)).toContain(words)
})

it('two are in the plural', async () => {
  expect(await textOf([{ event: 'threat' }, { event: 'threat' }], 'report', 'threats')).toContain('2 threats ')
})

it.each(['text', 'md', 'html'])('a summary of lines that count is something to show in %s', async format => {
  const text = await textOf([{ cost_usd: 1 }], 'report', '--section', 'summary', '--format', format)
  expect(text).not.toMatch(/none is in this range|Nothing to show/)
})

it('a model that carries no usage is told of once, and one without a price beside it', async () => {
  const events = [{ model: 'gpt-4o', tokensIn: 5 }]
  const notes = (text: string) => text.split('\n').filter(line => line.startsWith('!'))
  expect(notes(await textOf(events))).toEqual([expect.stringContaining('The one analysis carries no tokens')])
  expect(notes(await textOf([...events, { model: 'house-x', tokensIn: 5 }]))).toEqual([
    expect.stringContaining('None of 2 analyses carries tokens'),
    expect.stringContaining('No price for house-x: 0.0 %'),
  ])
})

it('a line of an event says that it is one, whatever fields the event has', async () => {
  const lines = (await textOf([{ section: 'ledger' }], 'events', '--format', 'jsonl')).trim().split('\n')
  expect(lines.map(line => JSON.parse(line))).toEqual([
    expect.objectContaining({ section: 'event', event_section: 'ledger', event: 'analysis' }),
    expect.objectContaining({ section: 'ledger', used: 1 }),
  ])
})
