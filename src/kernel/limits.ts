// Which queries a kernel can answer, and what it does not have to keep for them.
import { FIELD_BY_NAME } from '../event/fields.ts'
import type { SourceFormat } from '../event/source-format.ts'
import { type Query, TIME_UNITS } from '../query/query.ts'
import { planScan } from '../tally/tallier.ts'
import { canScan } from './places.ts'
import { CONDITIONS_MAX, RUN_UNITS_MAX, SCOPE_RULES_MAX } from './protocol.ts'
import { unitsOf } from './spans.ts'
import { SUMS_MAX } from './sums.ts'

// A kernel has room for 128 streams: each key is one, and each key behind the first one more.
const KEYS_MAX = 12
const KEYS_OF_ONE_MAX = 16

/** Whether a kernel can answer a query over a format; what it cannot is for the reference. */
export function canTally(query: Query, format: SourceFormat): boolean {
  const plan = planScan(query, format)
  const texts = new Set([
    ...plan.columns.filter(isText),
    ...query.extras.filter(extra => extra.kind === 'text').map(extra => extra.name),
  ])
  const units = unitsOf(query)
  return (
    // Kernels count rows.
    !format.fields.has('requests') &&
    canScan(plan) &&
    units.size <= TIME_UNITS.length + RUN_UNITS_MAX &&
    query.groupBys.length <= 24 &&
    query.conditions.length <= CONDITIONS_MAX &&
    (query.scope ?? []).length <= SCOPE_RULES_MAX &&
    query.cuts.inputBounds.length < 64 &&
    query.groupBys.every(
      by =>
        by.sums.length <= SUMS_MAX &&
        by.keys.length <= (query.groupBys.length === 1 ? KEYS_OF_ONE_MAX : KEYS_MAX) &&
        (query.cuts.dailyCuts.length === 0 || !by.keys.includes('rate') || by.keys.includes('model')) &&
        by.keys.every(key => key === 'rate' || units.has(key) || texts.has(key)),
    ) &&
    query.conditions.every(condition => texts.has(condition.column)) &&
    (query.cuts.dailyCuts.length === 0 || texts.has('model')) &&
    new Set(query.groupBys.map(by => by.sums.join('\n'))).size <= 12
  )
}

function isText(field: string): boolean {
  const kind = FIELD_BY_NAME.get(field)?.kind
  return kind === 'text' || kind === 'error'
}

/** Of errors only whether there is one is of interest, unless they are asked for. */
export function unreadTexts(query: Query): ReadonlySet<string> {
  const asked = new Set([
    ...query.groupBys.flatMap(by => by.keys),
    ...query.conditions.map(condition => condition.column),
  ])
  return new Set(asked.has('error') ? [] : ['error'])
}
