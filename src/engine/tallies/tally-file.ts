// The file in which a machine hands on what its logs add up to. It is sealed: one that was cut off or changed does not open.
import { gunzipSync, gzipSync } from 'node:zlib'
import { openSealed, seal } from '../../base/sealed-file.ts'
import type { DifferingField } from '../../query/differing-field.ts'
import type { Failure } from '../../query/ledger.ts'
import type { ReadSource } from '../../query/line-counts.ts'
import { decodeTally } from '../../tally/decode-tally.ts'
import { encodeTally } from '../../tally/encode-tally.ts'
import { type HourlyReading, hourlyQuery } from '../../tally/hourly-sums.ts'
import { emptyTally, mergeTally, type Tally } from '../../tally/tally.ts'
import type { AddedLog, Beginnings } from './added-log.ts'

/** Raise it when the same logs give other sums, or are kept in another way. */
const KEY = 'usagebook/tally@1'
const MOST_BYTES = 2 ** 32

/** What is known of all logs of a file together. */
export interface AboutLogs {
  readonly sources: readonly ReadSource[] | undefined
  readonly warnings: readonly string[]
  readonly failures: readonly Failure[]
}

export interface TallyContent<Summary> extends AboutLogs {
  readonly reading: HourlyReading
  readonly logs: readonly AddedLog[]
  /** Of events that were removed from the logs. */
  readonly summaries: readonly Summary[]
}

interface Head<Summary> extends AboutLogs {
  readonly reading: HourlyReading
  readonly summaries: readonly Summary[]
  /** The numbers are of columns. */
  readonly logs: readonly {
    readonly name: string
    readonly days: AddedLog['days']
    readonly beginnings: Beginnings
    readonly differences?: readonly DifferingField[]
    readonly all: number
    readonly usage: number | null
  }[]
}

/** Undefined where it would be too large. */
export function encodeTallyFile<Summary>({ logs, ...about }: TallyContent<Summary>): Uint8Array | undefined {
  const columns: Uint8Array[] = []
  const put = (kinds: 'all' | 'usage', tally: Tally): number | undefined => {
    const grown = emptyTally(hourlyQuery(kinds, about.reading))
    mergeTally(grown, tally)
    const bytes = encodeTally(grown, KEY)
    return bytes === undefined ? undefined : columns.push(bytes) - 1
  }
  const heads: Head<Summary>['logs'][number][] = []
  for (const { name, days, beginnings, differences, all, usage } of logs) {
    const allAt = put('all', all)
    const usageAt = usage === undefined ? null : put('usage', usage)
    if (allAt === undefined || usageAt === undefined) return undefined
    heads.push({ name, days, beginnings, ...(differences && { differences }), all: allAt, usage: usageAt })
  }
  const bytes = seal(KEY, { ...about, logs: heads } satisfies Head<Summary>, columns)
  return bytes === undefined ? undefined : gzipSync(bytes)
}

/** Undefined where the bytes are no such file, or one of another version. */
export function decodeTallyFile<Summary>(packed: Uint8Array): TallyContent<Summary> | undefined {
  const bytes = unpack(packed)
  const sealed = bytes === undefined ? undefined : openSealed<Head<Summary>>(bytes, KEY)
  if (sealed === undefined) return undefined
  const { head, columns } = sealed
  const { reading } = head
  const take = (kinds: 'all' | 'usage', column: number) =>
    decodeTally(columns[column] as Uint8Array, KEY, hourlyQuery(kinds, reading))
  const logs: AddedLog[] = []
  for (const { all: allAt, usage: usageAt, ...log } of head.logs) {
    const all = take('all', allAt)
    const usage = usageAt === null ? null : take('usage', usageAt)
    if (all === undefined || usage === undefined) return undefined
    logs.push({ differences: undefined, ...log, reading, all, usage: usage ?? undefined })
  }
  return { ...head, logs }
}

function unpack(packed: Uint8Array): Uint8Array | undefined {
  try {
    return Uint8Array.from(gunzipSync(packed, { maxOutputLength: MOST_BYTES }))
  } catch {
    // Whatever is wrong with it, it is no file of ours.
    return undefined
  }
}
