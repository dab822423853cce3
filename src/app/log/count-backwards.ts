// How often time runs backwards in a log: because a clock was set back, or because somebody sorted the lines differently.
import { Readable } from 'node:stream'
import { type Instant, parseZone, UTC } from '../../base/zone.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { readLog } from '../../log/open-log.ts'
import { type Batch, isUntimed, TIME_IS_NAIVE } from '../../scan/reader.ts'
import { ReferenceReader } from '../../scan/reference-reader.ts'

/** Several writers append in batches, so neighbouring lines may be out of order by about as long as a batch waits. */
const TOLERANCE_MS = 60_000

/** Counts events that are more than a minute earlier than the one above them; 0 if the file cannot be read again. */
export async function countBackwards(file: LogFile, format: SourceFormat, logTimezone: string): Promise<number> {
  if (isStream(file)) return 0
  const zone = parseZone(logTimezone) ?? UTC
  let count = 0
  let lastMs = Number.NEGATIVE_INFINITY
  const look = (batch: Batch) => {
    for (let row = 0; row < batch.rows; row++) {
      const kind = batch.timeKinds[row]!
      if (isUntimed(kind) || batch.skipped[row] === 1) continue
      const time = batch.times[row]!
      const ms = kind === TIME_IS_NAIVE ? zone.instantOfLocal(time) : (time as Instant)
      if (ms < lastMs - TOLERANCE_MS) count++
      lastMs = ms
    }
  }
  const reader = new ReferenceReader({ format, columns: [], extras: [], wantsIds: false }, look, {})
  reader.begin({ hasFileDay: file.day !== null, isFirst: true })
  await readLog(
    file,
    reader,
    () => Readable.from([]),
    () => undefined,
  ).catch(ignoreDamage)
  reader.end()
  return count
}

function ignoreDamage(): void {
  // A file that cannot be read to its end is in the ledger already.
}
