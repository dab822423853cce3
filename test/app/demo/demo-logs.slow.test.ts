import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clearDemoLogs, type DemoRequest, writeDemoLogs } from '../../../src/app/demo/demo-logs.ts'
import { type Instant, UTC } from '../../../src/base/zone.ts'
import { EVENT_KINDS } from '../../../src/event/fields.ts'
import { type LogFolder, openLogFolder } from '../../capture/log-folder.ts'

const OWNER = { hostName: 'here', processId: process.pid }

function requestFor(folder: LogFolder, change: Partial<DemoRequest> = {}): DemoRequest {
  const now = Date.parse('2026-02-03T15:00:00Z') as Instant
  return { dir: folder.dir, days: 14, users: 12, seed: 1, zone: UTC, now, owner: OWNER, ...change }
}

describe('the demo', () => {
  it('has every kind of event, each marked, none after now', async () => {
    const folder = openLogFolder()
    const { written } = await writeDemoLogs(requestFor(folder, { days: 60 }))
    const events = folder.events()
    expect(events).toHaveLength(written)
    expect(new Set(events.map(event => event.event))).toEqual(new Set(EVENT_KINDS))
    expect(events.every(event => event.demo === true)).toBe(true)
    expect(events.every(event => String(event.timestamp) < '2026-02-03T15:00:00Z')).toBe(true)
    expect(events.some(event => String(event.timestamp).startsWith('2026-02-03'))).toBe(true)
  })

  it.each(['2026-02-03T15:00:00Z', '2026-02-02T00:05:00Z', '2026-02-01T09:00:00Z'])(
    'has every kind of event for few days, few people and any seed at %s',
    async at => {
      for (let number = 0; number < 20; number++) {
        const folder = openLogFolder()
        const change = { days: 1 + ((number * 7) % 30), users: 1 + (number % 5), seed: number * 7919 }
        await writeDemoLogs(requestFor(folder, { ...change, now: Date.parse(at) as Instant }))
        expect([change, new Set(folder.events().map(event => event.event))]).toEqual([change, new Set(EVENT_KINDS)])
      }
    },
    60_000,
  )

  it.each(['2026-02-03T15:00:00Z', '2026-02-03T07:00:00Z'])('has every kind of event today alone at %s', async at => {
    const folder = openLogFolder()
    await writeDemoLogs(requestFor(folder, { days: 0, users: 1, now: Date.parse(at) as Instant }))
    expect(new Set(folder.events().map(event => event.event))).toEqual(new Set(EVENT_KINDS))
  })

  it('is quieter on weekends', async () => {
    const folder = openLogFolder()
    await writeDemoLogs(requestFor(folder))
    const countOf = (day: string) => folder.events().filter(event => String(event.timestamp).startsWith(day)).length
    expect(countOf('2026-01-31') + countOf('2026-02-01')).toBeLessThan(countOf('2026-01-30') / 2)
  })

  it('is the same for the same seed and another for another', async () => {
    const [first, second, third] = [openLogFolder(), openLogFolder(), openLogFolder()]
    await writeDemoLogs(requestFor(first))
    await writeDemoLogs(requestFor(second))
    await writeDemoLogs(requestFor(third, { seed: 2 }))
    expect(second.text()).toBe(first.text())
    expect(third.text()).not.toBe(first.text())
  })

  it('has ids that are there once', async () => {
    const folder = openLogFolder()
    const { written } = await writeDemoLogs(requestFor(folder))
    expect(new Set(folder.events().map(event => event.id)).size).toBe(written)
  })

  it('replaces itself', async () => {
    const folder = openLogFolder()
    const first = await writeDemoLogs(requestFor(folder))
    const text = folder.text()
    expect(await writeDemoLogs(requestFor(folder))).toEqual({ written: first.written, removed: first.written })
    expect(folder.text()).toBe(text)
  })

  it('takes away only what it made, byte for byte', async () => {
    const folder = openLogFolder()
    await writeDemoLogs(requestFor(folder))
    const own = '{"client":"diageo", "note":"\\"demo\\":true}"}\r\nnot json\n{"client":"loreal"}'
    appendFileSync(join(folder.dir, '2026-02-02.jsonl'), own)
    expect(await clearDemoLogs(folder.dir, OWNER)).toBeGreaterThan(100)
    expect(folder.names()).toEqual(['2026-02-02.jsonl'])
    expect(readFileSync(join(folder.dir, '2026-02-02.jsonl'), 'utf8')).toBe(own)
  })

  it('has nothing to take away where there are no logs', async () => {
    expect(await clearDemoLogs(join(openLogFolder().dir, 'usage_logs'), OWNER)).toBe(0)
  })
})
