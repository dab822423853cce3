// The events that rules look at, with their instants: one question for all rules.
import { GROUP_FIELDS, type GroupField } from '../../alert/alert-schema.ts'
import type { Point } from '../../alert/window.ts'
import { addDecimals, type Decimal, makeDecimal } from '../../base/decimal.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { GroupBy } from '../../query/query.ts'
import { extraText, question } from '../../report/group/group-bys.ts'
import type { Groups } from '../../tally/groups.ts'
import { valueOfBucket } from '../../tally/sketch.ts'
import type { Tally } from '../../tally/tally.ts'
import type { AlertAsking } from './ask-cost.ts'
import { askRange } from './ask-range.ts'

export interface AskedPoints {
  /** In order of time. */
  readonly points: readonly Point[]
  readonly ledger: Ledger
}

const KEYS = ['event', ...GROUP_FIELDS, 'severity', 'resolved'] as const
const POINTS: GroupBy = {
  name: 'points',
  // A run of events without a pause of a millisecond is an instant.
  keys: [...KEYS, 'run:1'],
  sums: ['analyses', 'errors', 'withoutUsage', 'costPicoUsd', 'loggedCosts', 'estimatedCosts', 'unpricedCosts'],
  hasDurations: true,
  hasExtent: false,
}
const QUESTION = question('points', 'all', [POINTS], ['severity', 'resolved'].map(extraText))

/** The events of [from, to). */
export async function askPoints(asking: AlertAsking, from: number | null, to: number): Promise<AskedPoints> {
  const tally = await askRange(asking, QUESTION, from, to)
  return { points: pointsOf(tally), ledger: tally.ledger }
}

function pointsOf(tally: Tally): Point[] {
  const table = tally.tables.get(POINTS.name)!
  const points = Array.from({ length: table.size }, (_, slot) => pointOf(table, slot))
  return points.sort((a, b) => a.at - b.at)
}

function pointOf(table: Groups, slot: number): Point {
  const { keys, sums } = table.by
  const textOf = (key: string) => {
    const value = table.keyOf(slot, keys.indexOf(key))
    return value === null ? null : String(value)
  }
  const countOf = (sum: string) => Number(table.sums[sums.indexOf(sum)]!.get(slot))
  const event = textOf('event')
  const events = countOf('analyses')
  // As in reports by request: what is a request or carries usage.
  const isRequest = event === 'analysis' || event === 'request' || events > countOf('withoutUsage')
  const isThreat = event === 'threat' && ['high', 'critical'].includes(textOf('severity') ?? '')
  const durations: [number, number][] = []
  if (isRequest) table.sketchOf(slot).visit((bucket, count) => durations.push([valueOfBucket(bucket), count]))
  return {
    at: Number(table.keyOf(slot, keys.length - 1)),
    labels: Object.fromEntries(GROUP_FIELDS.map(field => [field, textOf(field)])) as Record<GroupField, string | null>,
    events,
    requests: isRequest ? events : 0,
    errors: isRequest ? countOf('errors') : 0,
    unpriced: countOf('unpricedCosts'),
    threats: isThreat && textOf('resolved') !== 'true' ? events : 0,
    cost: costOf(table, slot),
    durations,
  }
}

function costOf(table: Groups, slot: number): Decimal {
  const pico = makeDecimal(BigInt(table.sums[table.by.sums.indexOf('costPicoUsd')]!.get(slot)), 12)
  const rest = table.wideCosts.get(slot)
  return rest === undefined ? pico : addDecimals(pico, rest)
}
