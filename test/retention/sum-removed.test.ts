import { readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UTC } from '../../src/base/zone.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { NO_CUTS } from '../../src/query/rate-cuts.ts'
import { findCounting, readCounted, removeIdleSummaries } from '../../src/retention/counting-summaries.ts'
import { type RemovedTaker, rewriteLog } from '../../src/retention/rewrite-log.ts'
import { sumRemoved } from '../../src/retention/sum-removed.ts'
import { openLogFolder } from '../capture/log-folder.ts'

const TEXT = ['unilever', 'diageo', 'loreal', 'diageo']
  .map((client, hour) => `{"timestamp":"2026-02-02T0${hour}:00:00Z","client":"${client}","output_tokens":5}\n`)
  .join('')

const isUnilever = (line: Buffer) => line.includes('unilever')
const isNotDiageo = (line: Buffer) => !line.includes('diageo')

/** Stands for a kill after the summary was written and before the log was rewritten. */
const KILLED: RemovedTaker = {
  add: () => undefined,
  commit: () => Promise.reject(new Error('killed')),
  close: () => Promise.resolve(),
}

function openLog(name = '2026-02-02.jsonl', bytes: string | Buffer = TEXT): string {
  const path = join(openLogFolder().dir, name)
  writeFileSync(path, bytes)
  return path
}

function summing(path: string): RemovedTaker {
  const { ids: counted, earlier } = readCounted(path)
  const log = { path, mode: 0o600, counted, earlier, keepsSums: true }
  return sumRemoved({ ...log, fileDay: null, format: NATIVE_FORMAT, zone: UTC, logZone: UTC, cuts: NO_CUTS })
}

async function clientsSummed(path: string): Promise<unknown[]> {
  const { summaries, failures } = await findCounting(dirname(path), () => true, [path])
  expect(failures).toEqual([])
  return summaries.flatMap(({ summary: { rows } }) => rows.map(({ client, analyses }) => [client, analyses]))
}

describe('the summary of removed lines', () => {
  it('counts as soon as the lines are gone', async () => {
    const path = openLog()
    await rewriteLog(path, isNotDiageo, { takers: [summing(path)] })
    expect(await clientsSummed(path)).toEqual([['diageo', 2]])
  })

  it('does not count while its lines are there', async () => {
    const path = openLog()
    await expect(rewriteLog(path, isNotDiageo, { takers: [summing(path), KILLED] })).rejects.toThrow('killed')
    expect(readdirSync(join(dirname(path), '.summaries'))).toHaveLength(1)
    expect(await clientsSummed(path)).toEqual([])
  })

  it('does not count twice when more lines go the next time', async () => {
    const path = openLog()
    await expect(rewriteLog(path, isNotDiageo, { takers: [summing(path), KILLED] })).rejects.toThrow('killed')
    await removeIdleSummaries(path)
    await rewriteLog(path, isUnilever, { takers: [summing(path)] })
    expect(await clientsSummed(path)).toEqual([
      ['diageo', 2],
      ['loreal', 1],
    ])
  })

  it('counts beside the one of an earlier removal', async () => {
    const path = openLog()
    await rewriteLog(path, isNotDiageo, { takers: [summing(path)] })
    await removeIdleSummaries(path)
    await rewriteLog(path, () => false, { takers: [summing(path)] })
    expect((await clientsSummed(path)).sort()).toEqual([
      ['diageo', 2],
      ['loreal', 1],
      ['unilever', 1],
    ])
  })

  it('knows its lines in a packed log', async () => {
    const path = openLog('2026-02-02.jsonl.gz', gzipSync(TEXT))
    await expect(rewriteLog(path, isNotDiageo, { takers: [summing(path), KILLED] })).rejects.toThrow('killed')
    expect(await clientsSummed(path)).toEqual([])
    await rewriteLog(path, isNotDiageo, { takers: [summing(path)] })
    expect(await clientsSummed(path)).toEqual([['diageo', 2]])
  })
})
