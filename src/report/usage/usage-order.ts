// The order of the rows of a usage section: by cost, by key, by a column that was asked for, or in order of time.
import { optionName, UsageError } from '../../base/errors.ts'
import { snakeCase } from '../../base/names.ts'
import { nearestNames } from '../../base/nearest.ts'
import { GroupCost } from '../../pricing/group-cost.ts'
import { addExact } from '../../tally/sum-column.ts'
import type { Column } from '../model/report.ts'
import { findColumn } from '../table/find-column.ts'
import { compareCells, compareCosts, compareKeys } from '../table/order.ts'
import type { Entry, SectionOptions, SectionSpec } from './section-spec.ts'
import { cellOf } from './usage-cells.ts'
import { measuresOf } from './usage-measures.ts'

type KeysSpec = Pick<SectionSpec, 'keyOrders'>

export function orderEntries(
  spec: SectionSpec,
  entries: readonly Entry[],
  options: SectionOptions,
  all: readonly Column[],
): Entry[] {
  if (spec.order === 'key' && options.sort === null) return [...entries].sort((a, b) => compareEntryKeys(spec, a, b))
  const priced = entries.map(entry => ({
    entry,
    ...costOrderOf(entry.totals.cost, entry.totals.get('analyses'), options.hasCost),
  }))
  priced.sort((a, b) => compareCostOrders(a, b) || compareEntryKeys(spec, a.entry, b.entry))
  const ordered = priced.map(({ entry }) => entry)
  if (options.sort === null) return ordered
  const key = sortKey(options.sort, all)
  const keyAt = spec.keyColumns.findIndex(column => column.key === key)
  if (keyAt >= 0) return ordered.sort((a, b) => compareKeyAt(spec, keyAt, a, b))
  const cells = new Map(ordered.map(entry => [entry, cellOf(key, spec, entry, measuresOf(entry.totals), options)]))
  return ordered.sort((a, b) => compareCells(cells.get(a)!, cells.get(b)!))
}

/**
 * The kept rows of what stands before a time are together and in order of time, what costs most first. `all` are the entries
 * that they were kept of. Where there is no such time, they stay as they are.
 */
export function orderByTime(spec: SectionSpec, kept: Entry[], all: readonly Entry[], hasCost: boolean): Entry[] {
  const { timeAt = 0 } = spec
  if (timeAt <= 0) return kept
  const textOf = ({ keys }: Entry) => JSON.stringify(keys.slice(0, timeAt))
  const wholes = new Map<string, { cost: GroupCost; analyses: number | bigint }>()
  for (const entry of all) {
    const text = textOf(entry)
    const whole = wholes.get(text) ?? { cost: new GroupCost(), analyses: 0 }
    whole.cost.merge(entry.totals.cost)
    whole.analyses = addExact(whole.analyses, entry.totals.get('analyses'))
    wholes.set(text, whole)
  }
  const orders = new Map(
    [...wholes].map(([text, { cost, analyses }]) => [text, costOrderOf(cost, analyses, hasCost)] as const),
  )
  const ordered = kept.map(entry => ({ entry, order: orders.get(textOf(entry))! }))
  ordered.sort((a, b) => compareCostOrders(a.order, b.order) || compareEntryKeys(spec, a.entry, b.entry))
  return ordered.map(({ entry }) => entry)
}

interface CostOrder {
  readonly cost: GroupCost
  /** The cost where a plain number holds it: comparing thousands of these is much quicker than decimals. */
  readonly pico: number | undefined
  readonly analyses: number
}

function costOrderOf(cost: GroupCost, analyses: number | bigint, isByCost: boolean): CostOrder {
  return { cost, pico: isByCost ? cost.exactPico : 0, analyses: Number(analyses) }
}

function compareCostOrders(a: CostOrder, b: CostOrder): number {
  const order =
    a.pico !== undefined && b.pico !== undefined
      ? b.pico - a.pico
      : compareCosts(a.cost.result().cost, b.cost.result().cost)
  return order || b.analyses - a.analyses
}

function sortKey(name: string, all: readonly Column[]): string {
  const at = findColumn(all, name)
  if (at >= 0) return all[at]!.key
  const keys = all.map(column => column.key)
  const near = nearestNames(snakeCase(name), keys, 1)[0]
  throw new UsageError(
    'unknown-sort',
    `${optionName('sort')} ${JSON.stringify(name)}: the report has no such column.`,
    {
      where: { option: 'sort' },
      hint: `Use ${near === undefined ? '' : `${near}, or others of `}${keys.join(', ')}.`,
    },
  )
}

function compareEntryKeys(spec: KeysSpec, a: Entry, b: Entry): number {
  for (let index = 0; index < a.keys.length; index++) {
    const order = compareKeyAt(spec, index, a, b)
    if (order !== 0) return order
  }
  return 0
}

function compareKeyAt({ keyOrders }: KeysSpec, index: number, a: Entry, b: Entry): number {
  return (keyOrders?.[index] ?? compareKeys)(a.keys[index]!, b.keys[index]!)
}
