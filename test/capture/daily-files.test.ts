import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { linesOf, openLogFolder } from './log-folder.ts'

/** Logs an event at each of the instants, in that order, and tells which file holds which. */
async function filesOf(timezone: string, instants: readonly string[]): Promise<Record<string, string[]>> {
  const folder = openLogFolder()
  let now = 0
  const usage = usageLog({ dir: folder.dir, timezone, clock: () => now })
  for (const instant of instants) {
    now = Date.parse(instant)
    usage.activity({ feature: instant })
  }
  await usage.close()
  return Object.fromEntries(
    folder.names().map(name => {
      const lines = linesOf(readFileSync(join(folder.dir, name), 'utf8'))
      return [name.slice(0, 10), lines.map(line => (JSON.parse(line) as { feature: string }).feature)]
    }),
  )
}

describe('daily files', () => {
  it('begin at midnight of their zone', async () => {
    expect(await filesOf('Europe/Berlin', ['2026-02-02T22:59:59.999Z', '2026-02-02T23:00:00.000Z'])).toEqual({
      '2026-02-02': ['2026-02-02T22:59:59.999Z'],
      '2026-02-03': ['2026-02-02T23:00:00.000Z'],
    })
  })

  it('are cut in UTC without Intl, which takes long to open', async () => {
    const opened = vi.spyOn(Intl, 'DateTimeFormat')
    onTestFinished(() => opened.mockRestore())
    expect(await filesOf('UTC', ['2026-02-02T23:59:59.999Z', '2026-02-03T00:00:00.000Z'])).toEqual({
      '2026-02-02': ['2026-02-02T23:59:59.999Z'],
      '2026-02-03': ['2026-02-03T00:00:00.000Z'],
    })
    expect(opened).not.toHaveBeenCalled()
  })

  it('begin on the minute where a zone was off by neither hours nor quarters', async () => {
    expect(await filesOf('Pacific/Kiritimati', ['1975-10-20T10:39:59.999Z', '1975-10-20T10:40:00.000Z'])).toEqual({
      '1975-10-19': ['1975-10-20T10:39:59.999Z'],
      '1975-10-20': ['1975-10-20T10:40:00.000Z'],
    })
  })

  it('have 23 hours when the clocks go forward', async () => {
    const instants = ['2026-03-28T23:00:00Z', '2026-03-29T01:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z']
    expect(await filesOf('Europe/Berlin', instants)).toEqual({
      '2026-03-29': instants.slice(0, 3),
      '2026-03-30': instants.slice(3),
    })
  })

  it('have 25 hours when the clocks go back', async () => {
    const instants = ['2026-10-24T22:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z']
    expect(await filesOf('Europe/Berlin', instants)).toEqual({
      '2026-10-25': instants.slice(0, 3),
      '2026-10-26': instants.slice(3),
    })
  })

  it('begin at one o’clock where the clocks go forward at midnight', async () => {
    const instants = ['2026-04-23T21:59:59Z', '2026-04-23T22:00:00Z']
    expect(await filesOf('Africa/Cairo', instants)).toEqual({
      '2026-04-23': [instants[0]],
      '2026-04-24': [instants[1]],
    })
  })

  it('follow a zone that is a quarter of an hour off', async () => {
    const instants = ['2026-02-02T18:14:59Z', '2026-02-02T18:15:00Z']
    expect(await filesOf('Asia/Kathmandu', instants)).toEqual({
      '2026-02-02': [instants[0]],
      '2026-02-03': [instants[1]],
    })
  })

  it('take events of the day before when the clock is set back', async () => {
    const instants = ['2026-02-03T00:00:01Z', '2026-02-02T23:59:58Z', '2026-02-03T00:00:02Z']
    expect(await filesOf('UTC', instants)).toEqual({
      '2026-02-02': [instants[1]],
      '2026-02-03': [instants[0], instants[2]],
    })
  })
})
