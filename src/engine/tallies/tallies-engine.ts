// The engine over logs that other machines have added up. It has sums and no lines: what it cannot answer it refuses by name.
import { optionName, UsageError } from '../../base/errors.ts'
import { nameOfColumn } from '../../query/columns.ts'
import { USAGE_MEASURES } from '../../query/measures.ts'
import { type GroupBy, isTimeUnit, pauseOfKey, type Query } from '../../query/query.ts'
import { isHourlyField } from '../../tally/hourly-sums.ts'
import { emptyTally, type Tally } from '../../tally/tally.ts'
import type { Engine, RunRequest } from '../engine.ts'
import { addHourly } from './add-hourly.ts'
import type { AddedLog } from './added-log.ts'
import { notInTallies } from './not-in-tallies.ts'

export class TalliesEngine implements Engine {
  private readonly logs: ReadonlyMap<string, AddedLog>

  /** By the path of the file that stands for each, see `fileOf`. */
  constructor(logs: ReadonlyMap<string, AddedLog>) {
    this.logs = logs
  }

  async run({ query, files }: RunRequest): Promise<Tally> {
    refuseFields(query)
    const total = emptyTally(query)
    for (const file of files) {
      const log = this.logs.get(file.path)!
      refuseReading(query, log)
      addHourly(total, query, log, file)
    }
    const { tables, ledger, firstInstant, lastInstant } = total
    return { tables, ledger, firstInstant, lastInstant }
  }
}

function refuseFields({ scope, conditions, groupBys }: Query): void {
  if (scope !== undefined) throw notInTallies('who may see what')
  for (const { column } of conditions) if (!isHourlyField(column)) throw notInTallies(describeField(column))
  for (const by of groupBys) refuseGroupBy(by)
}

function refuseGroupBy({ keys, sums, sketchOf }: GroupBy): void {
  for (const key of keys)
    if (!isHourlyField(key) && !isTimeUnit(key) && key !== 'rate') throw notInTallies(describeField(key))
  for (const sum of sums) if (!USAGE_MEASURES.some(measure => measure === sum)) throw notInTallies(describeSum(sum))
  if (sketchOf !== undefined) throw notInTallies(describeSum(sketchOf))
}

function describeField(column: string): string {
  const isOfSessions = column === 'session' || pauseOfKey(column) !== undefined
  return isOfSessions ? 'sessions' : `the field ${nameOfColumn(column)}`
}

// A number of the line is a column of another name than the field.
function describeSum(sum: string): string {
  return sum.startsWith('number:') ? describeField(sum.slice('number:'.length)) : 'the cost of single events'
}

function refuseReading({ timezone, logTimezone, dedupe }: Query, { name, reading, all }: AddedLog): void {
  for (const [option, asked, made] of [
    ['timezone', timezone, reading.timezone],
    ['logTimezone', logTimezone, reading.logTimezone],
  ] as const) {
    if (asked === made) continue
    throw new UsageError('tally-of-another-zone', `The tally of ${name} was made for ${made}, not for ${asked}.`, {
      where: { option },
      hint: `Add ${optionName(option)} ${made}, or export it again for ${asked}.`,
    })
  }
  const isCountedAlike = dedupe === reading.dedupe || (dedupe !== 'all' && all.ledger.duplicate === 0)
  if (!isCountedAlike)
    throw notInTallies('ids of events', `Use ${optionName('dedupe')} ${reading.dedupe}, as when the tally was made.`)
}
