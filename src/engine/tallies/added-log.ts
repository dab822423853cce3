// A log that another machine has added up: its sums, how its lines were counted, and by what it is known again.
import type { LogFile } from '../../log/log-file.ts'
import type { DifferingField } from '../../query/differing-field.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { HourlyReading } from '../../tally/hourly-sums.ts'
import type { Tally } from '../../tally/tally.ts'

export interface AddedLog {
  readonly name: string
  readonly days: LogFile['days']
  readonly reading: HourlyReading
  /** Hourly sums of all its events; the ledger is that of all kinds. */
  readonly all: Tally
  /** Those of usage events, where the sums of all events do not tell which of them are. */
  readonly usage: Tally | undefined
  readonly beginnings: Beginnings
  /** See AwayLog. */
  readonly differences: readonly DifferingField[] | undefined
}

/** Digests of the first line, the first two, four, and so on, as far as there are so many. */
export type Beginnings = readonly string[]

/** A log as a report knows it whose lines are elsewhere; `tally` is the path of the file that its sums are in. */
export function fileOf(tally: string, { name, days, differences }: AddedLog): LogFile {
  const path = `${tally}/${name}`
  return { path, name, days, day: null, packing: 'none', format: null, away: { differences } }
}

/** The ledger of a log that a report calls by another name, because several have the same. */
export function renamedLedger({ name, all }: AddedLog, file: LogFile): Ledger {
  const { ledger } = all
  if (file.name === name) return ledger
  const rename = <Place extends { readonly file: string }>(places: readonly Place[]) =>
    places.map(place => ({ ...place, file: file.name }))
  const { problems, differingAt, failures } = ledger
  return { ...ledger, problems: rename(problems), differingAt: rename(differingAt), failures: rename(failures) }
}
