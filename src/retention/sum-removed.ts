// Sums the lines that are removed from a log, and keeps the sums before the lines are gone.
import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import type { Day, Zone } from '../base/zone.ts'
import { type Pipeline, Pipelines } from '../engine/pipeline.ts'
import type { SourceFormat } from '../event/source-format.ts'
import type { RateCuts } from '../query/rate-cuts.ts'
import { buildSummary, summaryQueries } from '../tally/log-summary.ts'
import { emptyTally, mergeTally, type Tally } from '../tally/tally.ts'
import type { RemovedTaker } from './rewrite-log.ts'
import { hashLine, writeSummary } from './summary-file.ts'

export interface SummedLog {
  readonly path: string
  readonly fileDay: Day | null
  readonly format: SourceFormat
  readonly zone: Zone
  readonly logZone: Zone
  readonly cuts: RateCuts
}

export function sumRemoved({ path, fileDay, format, zone, logZone, cuts }: SummedLog): RemovedTaker {
  const queries = summaryQueries(zone.name, logZone.name, cuts)
  const pipelines = queries.map(query => new Pipelines(query, undefined, {}).of(format))
  const dayStart = fileDay === null ? null : zone.startOfDay(fileDay)
  for (const pipeline of pipelines) {
    pipeline.begin({ name: basename(path), dayStart, linesBefore: 0 })
    pipeline.reader.begin({ hasFileDay: fileDay !== null, isFirst: true })
  }
  const hash = createHash('sha256')
  let firstLine: Buffer | undefined
  return {
    add(bytes) {
      if (bytes.length === 0) return
      firstLine ??= Buffer.from(bytes.subarray(0, bytes.indexOf('\n')))
      hash.update(bytes)
      for (const { reader } of pipelines) read(reader, bytes)
    },
    async commit(firstRemovedAt) {
      const line = firstLine ?? Buffer.alloc(0)
      const lines = pipelines.map(({ reader }) => reader.end())[0]!
      const [usage, all] = pipelines.map((pipeline, index) => takeTally(pipeline, emptyTally(queries[index]!)))
      await writeSummary(dirname(path), {
        removed: {
          log: basename(path),
          lines,
          sha256: hash.digest('hex'),
          firstLine: { at: firstRemovedAt, bytes: line.length, sha256: hashLine(line) },
        },
        ...buildSummary(usage!, all!, cuts),
      })
    },
    close: () => Promise.resolve(),
  }
}

function read(reader: Pipeline['reader'], bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const space = reader.space()
    const count = Math.min(space.length, bytes.length - at)
    space.set(bytes.subarray(at, at + count))
    reader.advance(count)
    at += count
  }
}

// Parts of the day are one where the prices of a model do not tell them apart.
function takeTally(pipeline: Pipeline, into: ReturnType<typeof emptyTally>): Tally {
  mergeTally(into, { ...pipeline.take(), ledger: pipeline.ledger })
  return into
}
