// What a share link can be locked to besides its clients: a range and filters, as they were typed.
import { optionName, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import { formatListed } from '../../base/value-list.ts'
import type { Instant } from '../../base/zone.ts'
import { ColumnNames } from '../../query/columns.ts'
import { parsePatterns } from '../../query/condition.ts'
import { parseRange } from '../../query/range.ts'
import { flagWord } from '../request/flag-word.ts'
import { zoneOf } from '../request/log-request.ts'
import { rangeName } from '../request/named-range.ts'
import {
  DASHBOARD,
  type DashboardOptions,
  FIELD_FILTERS,
  FILTERS,
  type Parameter,
  RANGE,
} from '../request/parameters.ts'
import { listOfValues, optionError } from '../request/parse-option.ts'

const { client: _, ...OTHER_FILTERS } = FILTERS

/** By their names in code. The clients of a link are its scope, not a filter. */
export const LINK_PARAMETERS = { ...DASHBOARD, ...RANGE, ...OTHER_FILTERS } as const

/** Values by flag name, as the file keeps them; a value that a report would not accept is a UsageError. */
export function checkLinkParameters(
  report: string,
  given: Readonly<Record<string, readonly string[]>>,
  now: Instant,
): Record<string, string[]> {
  const options: Record<string, unknown> = {}
  const texts: Record<string, string[]> = {}
  for (const [name, list] of Object.entries(given)) {
    const [option, parameter] = parameterOf(name)
    if (list.length === 0) continue
    const value = parse(parameter, option, list)
    options[option] = value
    texts[name] = parameter.parse === listOfValues ? (value as string[]).map(formatListed) : [...list]
  }
  refuseWrong(report, options, now)
  return texts
}

function parameterOf(name: string): [string, Parameter] {
  const all = Object.entries<Parameter>(LINK_PARAMETERS)
  const found = all.find(([option]) => flagWord(option) === name)
  if (found !== undefined) return found
  const names = all.map(([option]) => flagWord(option))
  throw new UsageError('bad-link-parameter', `A link cannot be locked to ${JSON.stringify(name)}.`, {
    where: { option: 'parameters' },
    hint: `Use ${nearestNames(name, names, 1)[0] ?? `one of ${names.join(', ')}`}.`,
  })
}

function parse(parameter: Parameter, option: string, list: readonly string[]): unknown {
  if (list.includes('')) throw optionError(option, '', 'there is no value in it', `Leave ${optionName(option)} out.`)
  if (parameter.repeats !== true && list.length > 1) {
    throw new UsageError('flag-twice', `${optionName(option)} was given twice.`, {
      where: { option },
      hint: `Give ${optionName(option)} once.`,
    })
  }
  const values = list.flatMap(text => (parameter.parse === undefined ? text : parameter.parse(text, option)))
  return parameter.repeats === true ? values : values[0]
}

// The same checks as for a report, so that a wrong link fails here and not for the person who receives it.
function refuseWrong(report: string, options: Readonly<Record<string, unknown>>, now: Instant): void {
  const asked = options as DashboardOptions
  const zone = zoneOf(asked.timezone ?? 'UTC', 'timezone')
  if (asked.logTimezone !== undefined) zoneOf(asked.logTimezone, 'logTimezone')
  if (asked.range !== undefined && report !== 'dashboard') {
    throw new UsageError('range-of-the-dashboard', `${optionName('range')} works only for the dashboard.`, {
      where: { option: 'range' },
      hint: `Use ${optionName('lastDays')}, ${optionName('period')} or dates.`,
    })
  }
  if (rangeName(asked) === 'custom') parseRange(asked, zone, now)
  for (const field of FIELD_FILTERS) parsePatterns(asked[field] ?? [], 'wildcards')
  const names = new ColumnNames()
  for (const text of asked.where ?? []) names.conditionOf(text)
}
