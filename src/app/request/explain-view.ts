// How a change of cost is to be explained, from the options.
import { optionName, UsageError } from '../../base/errors.ts'
import type { ColumnNames } from '../../query/columns.ts'
import { isTimeUnit } from '../../query/query.ts'
import type { ExplainView } from '../../report/model/report-definition.ts'
import type { ReportOptions } from './parameters.ts'
import { optionError } from './parse-option.ts'

/** The name for the kind of token among the fields that a change is cut by. */
const KIND = 'kind'
const DEFAULT_FIELDS = ['client', 'model', KIND]
const EXPLAINING = ['explain', 'explainBy', 'explainQuantity', 'explainMethod'] as const
/** Options that ask for something else to be shown. */
const INSTEAD = ['groupBy', 'section', 'noCost'] as const

/** A change needs something that it is a change from: the range before, unless a period was named. */
export function comparedWhereExplained<Options extends ReportOptions>(options: Options): Options {
  return isExplained(options) && options.compare === undefined ? { ...options, compare: 'previous' } : options
}

/** Undefined where no explanation was asked for. */
export function explainView(options: ReportOptions, names: ColumnNames): ExplainView | undefined {
  if (!isExplained(options)) return undefined
  for (const option of INSTEAD) {
    if (options[option] === undefined || options[option] === false) continue
    const [name, explain] = [optionName(option), optionName('explain')]
    throw new UsageError('flag-with-explain', `${name} and ${explain} cannot be used together.`, {
      where: { option },
      hint: `Leave ${name} out: ${explain} shows why the cost changed, and ${optionName('explainBy')} says what it is cut by.`,
    })
  }
  const asked = [...new Set(options.explainBy ?? DEFAULT_FIELDS)]
  const fields = asked.filter(name => name !== KIND)
  for (const name of fields) {
    if (!isTimeUnit(name)) continue
    const hint = 'Name fields such as client, profile, model or kind.'
    throw optionError('explainBy', name, 'a time is in one of the two periods only', hint)
  }
  return {
    fields: fields.map(name => ({ name, ...names.keyColumn(name, 'explainBy') })),
    isByKind: fields.length < asked.length,
    quantity: options.explainQuantity ?? 'requests',
    method: options.explainMethod ?? 'before',
  }
}

function isExplained(options: ReportOptions): boolean {
  return EXPLAINING.some(option => options[option] !== undefined && options[option] !== false)
}
