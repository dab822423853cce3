// The cells that a change of cost is explained by: groups by some fields, each split by what the provider's bill counts.
import { addDecimals, type Decimal, ZERO } from '../../base/decimal.ts'
import { needHeapFor } from '../../base/heap-room.ts'
import { GroupCost } from '../../pricing/group-cost.ts'
import { METERS, meterCost, meterCount } from '../../pricing/meters.ts'
import { USAGE_MEASURES, type UsageMeasure } from '../../query/measures.ts'
import type { Groups as TallyGroups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'
import { forEachUsageRow, type UsageRow } from '../group/usage-rows.ts'
import type { ReportInput } from '../model/report-definition.ts'
import type { CellPair, CellSide } from './parts.ts'

/** What a cell without a kind of token is called where cells are split by it: a cost that the log gives, as a whole. */
export const LOGGED_KIND = 'logged'

export interface ExplainedCell extends CellPair {
  readonly keys: readonly KeyValue[]
  /** The kind of token; null where cells are not split by it, or nothing in the cell has a price. */
  readonly kind: string | null
  readonly unpriced: { readonly before: number; readonly after: number }
}

export interface CellView {
  readonly isByKind: boolean
  readonly quantity: 'requests' | 'tokens'
}

/** A group in one of the periods. */
interface GroupSide {
  requests: bigint
  unpriced: number
  /** By the kind of token. */
  readonly kinds: Map<string | null, { cost: Decimal; tokens: bigint; requests: bigint }>
}

interface GroupPair {
  readonly keys: readonly KeyValue[]
  before: GroupSide | null
  after: GroupSide | null
}

/** Cells of two tables whose keys are the fields and a rate class. */
export function cellsOf(
  tables: { readonly [side in 'before' | 'after']: TallyGroups },
  basisOf: ReportInput['basisOf'],
  view: CellView,
): ExplainedCell[] {
  const groups = new Map<string, GroupPair>()
  for (const side of ['after', 'before'] as const) {
    forEachUsageRow(tables[side], basisOf, row => {
      const key = JSON.stringify(row.keys)
      const group = groups.get(key) ?? { keys: [...row.keys], before: null, after: null }
      groups.set(key, group)
      needHeapFor(groups.size)
      group[side] ??= { requests: 0n, unpriced: 0, kinds: new Map() }
      addRow(group[side], row, view)
    })
  }
  return [...groups.values()].flatMap(group => cellsOfGroup(group, view))
}

const sumOf = ({ sums }: UsageRow, measure: UsageMeasure) => BigInt(sums[USAGE_MEASURES.indexOf(measure)]!)

function addRow(side: GroupSide, row: UsageRow, { isByKind }: CellView): void {
  const { basis, sums } = row
  const requests = sumOf(row, 'analyses')
  if (basis.from === 'unpriced') {
    side.unpriced += Number(requests)
    return
  }
  side.requests += requests
  const add = (kind: string | null, cost: Decimal, tokens: bigint) => {
    const known = side.kinds.get(kind) ?? { cost: ZERO, tokens: 0n, requests: 0n }
    side.kinds.set(kind, {
      cost: addDecimals(known.cost, cost),
      tokens: known.tokens + tokens,
      requests: known.requests + requests,
    })
  }
  if (basis.from === 'logged' || !isByKind) {
    const cost = new GroupCost()
    cost.add(basis, sums, 0, row.loggedRest)
    const tokens = sumOf(row, 'inputTokens') + sumOf(row, 'outputTokens') + sumOf(row, 'unsplitTokens')
    add(isByKind ? LOGGED_KIND : null, cost.result().cost ?? ZERO, tokens)
    return
  }
  for (const meter of METERS) {
    const count = meterCount(meter, sums)
    const cost = meterCost(meter, basis.rate, count)
    // Requests are counted everywhere, and have a price of their own hardly anywhere.
    if (count !== 0n && (meter.isOfTokens || cost.units !== 0n)) add(meter.name, cost, count)
  }
}

function cellsOfGroup({ keys, before, after }: GroupPair, view: CellView): ExplainedCell[] {
  const unpriced = { before: before?.unpriced ?? 0, after: after?.unpriced ?? 0 }
  const kinds = [...new Set([...(after?.kinds.keys() ?? []), ...(before?.kinds.keys() ?? [])])]
  if (kinds.length === 0) kinds.push(null)
  return kinds.map(kind => ({
    keys,
    kind,
    unpriced,
    before: sideOf(before, kind, view),
    after: sideOf(after, kind, view),
  }))
}

function sideOf(group: GroupSide | null, kind: string | null, { quantity }: CellView): CellSide | null {
  const found = group?.kinds.get(kind)
  if (found !== undefined) return { cost: found.cost, quantity: found[quantity], isUnpriced: false }
  // Nobody knows whether what has no price had any of this kind.
  if (group === null || group.unpriced === 0 || group.requests > 0n) return null
  return { cost: ZERO, quantity: 0n, isUnpriced: true }
}
