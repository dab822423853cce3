// The columns that every table of a usage report has, in the order of CSV, of JSON and of a narrow page.
import { moneyRatio, ratio } from '../group/change.ts'
import type { Group } from '../group/group.ts'
import type { Column } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import * as columns from '../table/table-columns.ts'
import { comparisonColumns } from '../table/table-comparison.ts'
import type { ObjectColumn, TableColumn, TableSpec } from '../table/table-spec.ts'

type Asked = Pick<ReportInput, 'prices' | 'currency' | 'before'>

const ANALYSES = columns.sumColumn('analyses', 'analyses', 'Analyses')
const CHECKS = columns.sumColumn('checks', 'checks', 'Checks')
const COUNTS = [ANALYSES, CHECKS, columns.ERRORS_COLUMN]
const [INPUT, OUTPUT, TOTAL] = columns.TOKEN_COLUMNS as [TableColumn, TableColumn, TableColumn]
const TOKENS = [
  INPUT,
  columns.sumColumn('cacheReadTokens', 'cache_read_tokens', 'Cache read', 'tokens'),
  columns.sumColumn('cacheWriteTokens', 'cache_write_tokens', 'Cache write', 'tokens'),
  OUTPUT,
  TOTAL,
]
const DURATIONS = [columns.MEAN_COLUMN, columns.quantileColumn(95)]
const ERROR_RATE: TableColumn = { ...columns.ERROR_RATE_COLUMN, isOptional: true, isUnshown: true }
const COST_SOURCE: TableColumn = {
  key: 'cost_source',
  title: 'Cost from',
  kind: 'text',
  value: ({ group }) => group.cost.source,
  isOptional: true,
  isUnshown: true,
}

/** The keys of all columns that a table may have besides the names of its rows and how many clients and users they have. */
export const MEASURE_KEYS: readonly string[] = [
  ...COUNTS,
  ...TOKENS,
  columns.COST_COLUMN,
  { key: 'share' },
  ...DURATIONS,
  ...comparisonColumns({
    compared: ['analyses', 'cost_usd'],
    columns: [ANALYSES, { ...columns.COST_COLUMN, value: () => null }],
  }),
  columns.UNPRICED_COLUMN,
  ERROR_RATE,
  COST_SOURCE,
].map(column => column.key)

export interface UsageTable extends Pick<TableSpec, 'name' | 'rowName' | 'title' | 'keyColumns' | 'jsonKeys'> {
  /** Columns of how many clients and users a row has. */
  readonly distincts?: readonly TableColumn[]
  /** More for the JSON objects, before and after the measures. */
  readonly lead?: readonly ObjectColumn[]
  readonly tail?: readonly ObjectColumn[]
  readonly order?: TableSpec['order']
}

/** The description of a table of groups that add up to `whole`. */
export function usageTable(table: UsageTable, whole: Group, asked: Asked): TableSpec {
  const { distincts = [], lead = [], tail = [], ...named } = table
  const [cost, converted] = columns.costColumns(asked)
  const share = shareColumn(whole, asked)
  const hasCost = cost !== undefined
  const byCost = [...(hasCost ? ['cost_usd'] : []), 'analyses']
  const change = asked.before === null ? [] : [hasCost ? 'cost_usd_change' : 'analyses_change']
  return {
    order: byCost,
    ...named,
    columns: [
      ...COUNTS,
      ...distincts,
      ...TOKENS,
      ...(hasCost ? [cost] : []),
      share,
      ...DURATIONS,
      ...(converted === undefined ? [] : [{ ...converted, isUnshown: true }]),
      ...columns.unpricedColumns(asked.prices),
      ERROR_RATE,
      ...(hasCost ? [COST_SOURCE] : []),
    ],
    objectColumns: [...lead, ...measureColumns(asked), share, ...tail],
    tieOrder: byCost,
    compared: comparedKeys(asked),
    barKey: 'share',
    shown: [
      ...columns.shownCost(asked),
      'share',
      ...change,
      'analyses',
      'errors',
      'total_tokens',
      'p95_duration_ms',
      'checks',
      'mean_duration_ms',
    ],
    whole,
  }
}

export function comparedKeys({ prices }: Asked): string[] {
  return prices === null ? ['analyses'] : ['analyses', 'cost_usd']
}

/** The measures in the order of JSON, with others between the counts and the tokens. */
export function measureColumns(asked: Asked, between: readonly ObjectColumn[] = []): ObjectColumn[] {
  const [cost, converted] = columns.costColumns(asked)
  return [
    ...COUNTS,
    ERROR_RATE,
    ...between,
    ...TOKENS,
    ...(cost === undefined ? [] : [cost, COST_SOURCE, ...columns.unpricedColumns(asked.prices)]),
    ...DURATIONS,
    ...(converted === undefined ? [] : [converted]),
  ]
}

/** A column of how many there are of something; of rows that were added up that is not known. */
export function countColumn(key: string, title: string, countOf: TableColumn['value']): TableColumn {
  return { key, title, kind: 'count', value: row => (row.keys.length === 0 ? null : countOf(row)) }
}

// Of the cost, or of the analyses where no cost is known.
function shareColumn(whole: Group, { prices }: Asked): TableColumn {
  const { cost } = whole.cost.result()
  const shared = prices !== null && cost !== null && cost.units !== 0n ? cost : null
  const column: Column = { key: 'share', title: `Share of ${shared === null ? 'analyses' : 'cost'}`, kind: 'share' }
  if (shared === null) return { ...column, value: ({ group }) => ratio(group.get('analyses'), whole.get('analyses')) }
  return {
    ...column,
    value: ({ group }) => {
      const { cost } = group.cost.result()
      return cost === null ? null : moneyRatio(cost, shared)
    },
  }
}
