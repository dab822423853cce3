import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { openLogFolder } from './log-folder.ts'
import { until } from './web-server.ts'

const SERVER = join(import.meta.dirname, 'serve-on-full-disk.mjs')

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
}

describe('a disk that takes no more', () => {
  it('does not keep the server from answering, is bounded in memory, and is reported when it is over', () => {
    const folder = openLogFolder()
    // Files of 128 blocks of 1024 bytes at most, in this process alone.
    const command = 'ulimit -f 128; exec "$0" "$1" "$2"'
    const said = execFileSync('bash', ['-c', command, process.execPath, SERVER, folder.dir], { encoding: 'utf8' })
    const { answered, full, after } = JSON.parse(said)
    expect(answered).toBe(2510)
    expect(full.problem).toBe('EFBIG')
    expect(full.bufferedBytes).toBeLessThanOrEqual(65_536)
    expect(full.dropped).toBeGreaterThan(100)
    expect(after).toMatchObject({ bufferedBytes: 0, logged: 2510 - full.dropped, dropped: full.dropped })
    const before = readLines(join(folder.dir, '2026-02-02.full.jsonl'))
    const later = readLines(join(folder.dir, '2026-02-02.jsonl'))
    const torn = before.pop()
    const events = [...before, ...later].map(line => JSON.parse(line))
    expect(later[0]?.startsWith(torn ?? '?')).toBe(true)
    expect(events.filter(event => event.event === 'request')).toHaveLength(after.logged)
    expect(events.filter(event => event.event === 'dropped')).toEqual([
      { timestamp: '2026-02-02T12:00:00.000Z', event: 'dropped', dropped_events: after.dropped },
    ])
  })

  it('loses nothing that fits into memory, in a folder that cannot be made at first', async () => {
    const folder = openLogFolder()
    const { mkdirSync, rmSync, writeFileSync } = await import('node:fs')
    const dir = join(folder.dir, 'usage_logs')
    writeFileSync(dir, 'a file where the folder should be')
    const usage = usageLog({ dir, flushMs: 1 })
    usage.activity({ feature: 'export' })
    await usage.flush()
    expect(usage.counts().problem).toMatchObject({ code: 'ENOTDIR' })
    rmSync(dir)
    mkdirSync(dir)
    await until(() => usage.counts().problem === undefined)
    await usage.close()
    expect(usage.counts()).toMatchObject({ logged: 1, dropped: 0 })
  })

  it('counts as dropped what is in memory when the log is closed', async () => {
    const folder = openLogFolder()
    const { writeFileSync } = await import('node:fs')
    const dir = join(folder.dir, 'usage_logs')
    writeFileSync(dir, 'a file where the folder should be')
    const usage = usageLog({ dir })
    usage.activity({ feature: 'export' })
    usage.activity({ feature: 'import' })
    await usage.close()
    expect(usage.counts()).toMatchObject({ logged: 0, dropped: 2, bufferedBytes: 0 })
  })
})
