import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { usageLog } from '../../src/capture/index.ts'
import { type LogFolder, openLogFolder } from './log-folder.ts'

const LIBRARY = pathToFileURL(resolve(import.meta.dirname, '../../dist/capture.js')).href

/** Runs a program of a hundred events in memory, which ends in some way; returns how many are logged. */
function linesAfter(end: string): number {
  const folder: LogFolder = openLogFolder()
  const logs = join(folder.dir, 'logs')
  const worker = `import { usageLog } from '${LIBRARY}'
    const usage = usageLog({ dir: ${JSON.stringify(logs)}, flushMs: 60000 })
    for (let event = 0; event < 100; event++) usage.activity({ feature: 'export' })
    ${end}`
  writeFileSync(join(folder.dir, 'worker.mjs'), worker)
  const main = `import { Worker } from 'node:worker_threads'
    new Worker(new URL('./worker.mjs', import.meta.url)).on('error', () => {})`
  writeFileSync(join(folder.dir, 'main.mjs'), main)
  spawnSync(process.execPath, [join(folder.dir, 'main.mjs')], { encoding: 'utf8' })
  const count = spawnSync('sh', ['-c', `cat ${logs}/*.jsonl | wc -l`], { encoding: 'utf8' })
  return Number(count.stdout)
}

describe('a worker thread', () => {
  it.each([
    ['ends by itself', ''],
    ['calls process.exit', 'process.exit(0)'],
    ['throws', 'setTimeout(() => { throw new Error("no logo") }, 5)'],
  ])('that %s writes what is in memory', (_name, end) => {
    expect(linesAfter(end)).toBe(100)
  })
})

describe('many logs', () => {
  it('share one listener for the end of the process, which goes on without those that are closed', async () => {
    const before = process.listenerCount('exit')
    const logs = Array.from({ length: 20 }, () => usageLog({ dir: openLogFolder().dir }))
    expect(process.listenerCount('exit')).toBeLessThanOrEqual(before + 1)
    const folder = openLogFolder()
    const last = usageLog({ dir: folder.dir })
    for (const log of logs) await log.close()
    last.activity({ feature: 'export' })
    for (const listener of process.listeners('exit')) if (listener.name === 'flushLogs') listener(0)
    expect(folder.events()).toHaveLength(1)
    await last.close()
  })
})
