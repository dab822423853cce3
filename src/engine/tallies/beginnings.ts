// By what two machines' sums of one log are known again: digests of its first lines. A log that has grown, was copied or was
// packed still begins as it did.
import { createHash } from 'node:crypto'
import type { AddedLog, Beginnings } from './added-log.ts'

const NEWLINE = 10

/** Takes the bytes of a log; at most `mostBytes` of them count. A last line without its end does not. */
export async function readBeginnings(chunks: AsyncIterable<Buffer>, mostBytes: number): Promise<Beginnings> {
  const hash = createHash('sha256')
  const beginnings: string[] = []
  let lines = 0
  let left = mostBytes
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(0, left)
    left -= bytes.length
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, end + 1)) {
      lines++
      if (lines !== 2 ** beginnings.length) continue
      hash.update(bytes.subarray(from, end + 1))
      from = end + 1
      beginnings.push(hash.copy().digest('hex').slice(0, 32))
    }
    hash.update(bytes.subarray(from))
    if (left === 0) break
  }
  return beginnings
}

export interface Twins<Source> {
  readonly log: Pick<AddedLog, 'name'>
  readonly sources: readonly [Source, Source]
}

/**
 * Two sources that both have the events of a log. The shorter of two logs has at least half of its lines in common with the
 * longer one where its longest beginning is one of the other's too.
 */
export function findTwins<Source>(
  all: readonly { readonly source: Source; readonly logs: readonly Pick<AddedLog, 'name' | 'beginnings'>[] }[],
): Twins<Source> | undefined {
  const sourcesOf = new Map<string, Set<Source>>()
  for (const { source, logs } of all) {
    for (const text of logs.flatMap(({ beginnings }) => beginnings)) {
      const sources = sourcesOf.get(text) ?? new Set()
      sourcesOf.set(text, sources.add(source))
    }
  }
  for (const { source, logs } of all) {
    for (const log of logs) {
      const longest = log.beginnings.at(-1)
      const others = longest === undefined ? [] : [...sourcesOf.get(longest)!].filter(other => other !== source)
      if (others.length > 0) return { log, sources: [source, others[0]!] }
    }
  }
  return undefined
}
