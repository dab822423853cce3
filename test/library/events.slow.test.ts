// Single events as a program is given them: all that match, as the command lists them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { EventsCall } from '../../src/index.ts'
import { collect, flagsOf, openStory, printed, storyWorkspace } from '../support/library.ts'
import { makeFolder } from '../support/logs.ts'

async function eventsOf(root: string, call?: EventsCall) {
  const workspace = await openStory(root)
  return await collect(workspace.events(call))
}

async function printedEvents(root: string, call: EventsCall = {}) {
  const words = ['events', '--format', 'jsonl', '--limit', '1000000', ...flagsOf(call)]
  const text = await printed(root, words)
  return text
    .split('\n')
    .filter(line => line.includes('"section":"event"'))
    .map(line => {
      const { section: _, ...event } = JSON.parse(line) as { section: string }
      return event
    })
}

it.each<EventsCall>([
  {},
  { client: 'diageo', status: 'error' },
  { session: 'diageo-0130-2' },
  { lastDays: 3, timezone: 'Asia/Kolkata', dedupe: 'all' },
  { where: ['latency_ms>2000'] },
])('events are those of the command, in its order: %j', async call => {
  const root = storyWorkspace()
  const events = await eventsOf(root, call)
  expect(events.length).toBeGreaterThan(0)
  expect(events).toEqual(await printedEvents(root, call))
})

it('more than one page of events has each of them once, with ids that stand in several files', async () => {
  const root = makeFolder()
  for (const [day, first] of [
    ['2026-02-01', 0],
    ['2026-02-02', 5000],
  ] as const) {
    const lines = Array.from({ length: 13_000 }, (_, index) => {
      const time = new Date(Date.parse(`${day}T00:00:00Z`) + index * 5000).toISOString()
      return `{"timestamp":"${time}","event":"analysis","id":"${first + index}","client":"diageo"}`
    })
    writeFileSync(join(root, `${day}.jsonl`), `${lines.join('\n')}\n`)
  }
  const call = { logs: '*.jsonl', dedupe: 'all' } as const
  const events = await eventsOf(root, call)
  expect(events).toHaveLength(18_000)
  expect(new Set(events.map(event => event.id)).size).toBe(18_000)
  expect(events).toEqual(await printedEvents(root, call))
})

it('a file that cannot be read is an error, even where no event is', async () => {
  const root = makeFolder({ '2026-02-01.jsonl.gz': Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]) })
  const failed = { name: 'InputError', code: 'incomplete', where: { file: '2026-02-01.jsonl.gz' } }
  await expect(eventsOf(root, { logs: '*.gz' })).rejects.toThrow(expect.objectContaining(failed))
})

it('who stops listening ends the reading', async () => {
  const workspace = await openStory(storyWorkspace())
  for await (const event of workspace.events()) {
    expect(event.timestamp).toMatch(/^2026-02/)
    break
  }
})
