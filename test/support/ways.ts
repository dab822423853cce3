// Every way to read logs: {reference, kernel} x {1, 2, 4 threads} x {blocks of 64 bytes, odd, 1 MiB} x {no cache, cold, warm,
// grown}. All must give the same answer.
import { appendFileSync, readdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineTuning } from '../../src/app/workspace/open-engine.ts'

const CACHES = ['none', 'cold', 'warm', 'grown'] as const

export interface Way {
  readonly reader: 'reference' | 'kernel'
  readonly threads: number
  readonly blockBytes: number
  readonly cache: (typeof CACHES)[number]
}

export const WAYS: readonly Way[] = (['reference', 'kernel'] as const).flatMap(reader =>
  [1, 2, 4].flatMap(threads =>
    [64, 4099, 1024 * 1024].flatMap(blockBytes => CACHES.map(cache => ({ reader, threads, blockBytes, cache }))),
  ),
)

/** Small enough for threads, parts and the cache to have a part in logs of a few lines. */
export function tuningOf({ reader, blockBytes, cache }: Way): EngineTuning {
  const leastCacheBytes = cache === 'none' ? Number.POSITIVE_INFINITY : 0
  return { reader, blockBytes, threadBytes: 1, partBytes: 1000, leastCacheBytes }
}

/** Brings the cache into the state of the way, by reading the logs of a folder before, or a part of them. */
export async function prepareCache({ cache }: Way, folder: string, read: () => Promise<unknown>): Promise<void> {
  if (cache === 'warm') await read()
  if (cache !== 'grown') return
  const grow = cutLogs(folder)
  await read()
  grow()
}

// Leaves the first half of the lines of every log, and returns how to append the others.
function cutLogs(root: string): () => void {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const logs = entries.filter(entry => entry.isFile() && entry.name.endsWith('.jsonl'))
  const rests = logs.map(log => {
    const path = join(log.parentPath, log.name)
    const bytes = readFileSync(path)
    const border = bytes.indexOf('\n', bytes.length / 2) + 1
    truncateSync(path, border)
    return () => appendFileSync(path, bytes.subarray(border))
  })
  return () => {
    for (const append of rests) append()
  }
}
