// Turns the files of one format into their events.
import type { SourceFormat } from '../event/source-format.ts'
import type { LogFile, MadeEvents } from '../log/log-file.ts'
import { lineOf } from './event-line.ts'
import type { ReadLogRows } from './read-rows.ts'
import { settle } from './settle.ts'
import type { HeldRow, Steps } from './source.ts'

/** `logs` are the rows of the files. From then on the files are read as these events, whose days no file name tells. */
export function makeEvents(
  files: readonly LogFile[],
  logs: readonly ReadLogRows[],
  format: SourceFormat,
  steps: Steps | undefined,
): { readonly files: LogFile[]; readonly warnings: readonly string[] } {
  const warnings = format.steps === undefined ? [] : settle(logs, format.steps.keep, steps)
  const made = files.map((file, index) => ({ ...file, days: null, made: eventsOf(logs[index]!) }))
  return { files: made, warnings }
}

function eventsOf({ rows, ledger }: ReadLogRows): MadeEvents {
  const events = rows.filter(row => row.body !== '')
  const used = events.filter(row => !row.isDuplicate)
  const duplicate = events.length - used.length
  return {
    bytes: Buffer.from(used.map(({ time, body }: HeldRow) => lineOf(time, body)).join('')),
    lines: Uint32Array.from(used, row => row.line),
    ledger: { ...ledger, read: ledger.read + duplicate, duplicate },
  }
}
