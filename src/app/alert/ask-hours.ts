// How features were used hour by hour, for rules that have to know what is usual.
import type { HourCounts } from '../../alert/down.ts'
import type { Failure } from '../../query/ledger.ts'
import { countsBy, question, REQUEST_KINDS } from '../../report/group/group-bys.ts'
import type { AlertAsking } from './ask-cost.ts'
import { askRange } from './ask-range.ts'

export interface AskedHours {
  /** By feature, and by the number of the hour since 1970 in UTC. */
  readonly hours: ReadonlyMap<string, ReadonlyMap<number, HourCounts>>
  readonly failures: readonly Failure[]
}

const HOURS = countsBy('hours', ['feature', 'hour'])
const QUESTION = question('hours', REQUEST_KINDS, [HOURS])
const MINUTES = 60

export async function askHours(asking: AlertAsking, from: number, to: number): Promise<AskedHours> {
  // Of whatever zone days are in, the hours of a week are those of UTC. Times without an offset stay those of the zone.
  const { timezone, logTimezone = timezone ?? asking.host.timezone(), ...options } = asking.options
  const tally = await askRange({ ...asking, options: { ...options, logTimezone, timezone: 'UTC' } }, QUESTION, from, to)
  const table = tally.tables.get(HOURS.name)!
  const hours = new Map<string, Map<number, HourCounts>>()
  for (let slot = 0; slot < table.size; slot++) {
    const feature = table.keyOf(slot, 0)
    if (feature === null) continue
    const own = hours.get(String(feature)) ?? new Map<number, HourCounts>()
    const [requests, errors] = [Number(table.sums[0]!.get(slot)), Number(table.sums[1]!.get(slot))]
    own.set(Number(table.keyOf(slot, 1)) / MINUTES, { requests, successes: requests - errors })
    hours.set(String(feature), own)
  }
  return { hours, failures: tally.ledger.failures }
}
