import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type AppendRequest, appendEvents } from '../../../src/app/event/append-events.ts'
import { type Instant, parseZone, UTC } from '../../../src/base/zone.ts'
import { openLogFolder } from '../../capture/log-folder.ts'

const NOW = Date.parse('2026-02-03T08:00:00Z') as Instant

async function append(lines: readonly string[], change: Partial<AppendRequest> = {}) {
  const folder = openLogFolder()
  const stdin = Readable.from([lines.join('\n')])
  const answer = await appendEvents({ dir: folder.dir, zone: UTC, logZone: UTC, stdin, now: () => NOW, ...change })
  return { folder, answer }
}

describe('appendEvents', () => {
  it('gives an event without a time the time of now, and leaves the rest as it was', async () => {
    const { folder, answer } = await append(['{"client":"diageo", "region":"eu"}', '{}'])
    expect(answer).toEqual({ appended: 2, rejected: [] })
    expect(folder.names()).toEqual(['2026-02-03.jsonl'])
    expect(folder.text()).toBe(
      '{"timestamp":"2026-02-03T08:00:00Z","client":"diageo", "region":"eu"}\n{"timestamp":"2026-02-03T08:00:00Z"}\n',
    )
  })

  it('puts each event into the file of its day', async () => {
    const { folder } = await append(['{"ts":1770076799}', '{"time":"2026-02-03T00:00:00+00:00"}'])
    expect(folder.names()).toEqual(['2026-02-02.jsonl', '2026-02-03.jsonl'])
  })

  it('reads a time without an offset in the zone of the log', async () => {
    const { folder } = await append(['{"timestamp":"2026-02-03T00:30:00"}'], { logZone: parseZone('Europe/Berlin')! })
    expect(folder.names()).toEqual(['2026-02-02.jsonl'])
  })

  it('puts a day without a time into the file of that day, whatever the zones', async () => {
    const zones = { zone: parseZone('America/New_York')!, logZone: parseZone('Pacific/Kiritimati')! }
    const { folder } = await append(['{"timestamp":"2026-02-03"}'], zones)
    expect(folder.names()).toEqual(['2026-02-03.jsonl'])
  })

  it('appends all but the lines that a report would reject, and tells their reasons', async () => {
    const lines = ['{"client":"diageo"}', '', 'nope', '[]', '{"input_tokens":1,"cached_tokens":5}', '{"checks":-1}']
    const { folder, answer } = await append(lines)
    expect(answer).toEqual({
      appended: 1,
      rejected: [
        { line: 3, reason: 'not-json' },
        { line: 4, reason: 'not-object' },
        { line: 5, reason: 'bad-tokens', field: 'cache_read_tokens', value: '5 cached of 1 input tokens' },
        { line: 6, reason: 'negative-number', field: 'checks', value: '-1' },
      ],
    })
    expect(folder.events()).toHaveLength(1)
  })

  it('says why the logs could not be written', async () => {
    await expect(append(['{"client":"diageo"}'], { dir: '/dev/null/usage_logs' })).rejects.toMatchObject({
      code: 'logs-unwritable',
    })
  })
})
