// Rules and budgets as the evaluation uses them: every default filled in.
import { type Decimal, parseDecimal } from '../base/decimal.ts'
import { durationMs } from '../base/duration.ts'
import { instantOfTime, parseTimeText } from '../base/parse-time.ts'
import type { Zone } from '../base/zone.ts'
import { parsePatterns, type TextTest } from '../query/condition.ts'
import {
  type AlertFile,
  type GroupField,
  moneyOf,
  type PeriodUnit,
  type Severity,
  type WrittenBudget,
  type WrittenRule,
} from './alert-schema.ts'
import { BUILT_IN_NAMES, BUILT_IN_RULES } from './built-in-rules.ts'
import { silenceId } from './silence-id.ts'
import { parseWhen, type When } from './when.ts'

export interface ScopeTest {
  readonly field: GroupField
  readonly values: readonly string[]
  readonly test: TextTest
}

export interface Rule {
  readonly name: string
  readonly when: When
  readonly overMs: number
  readonly min: number
  readonly forMs: number
  readonly keepFiringMs: number
  readonly by: readonly GroupField[]
  readonly scope: readonly ScopeTest[]
  readonly severity: Severity
  /** Null for never. */
  readonly repeatMs: number | null
  readonly firesOnNoData: boolean
  readonly floor: Decimal
  readonly to: readonly string[]
  readonly isBuiltIn: boolean
}

export interface Budget {
  readonly name: string
  readonly scope: readonly ScopeTest[]
  readonly per: PeriodUnit
  /** Null for that of the workspace. */
  readonly timezone: string | null
  readonly limit: Decimal
  /** In their order. */
  readonly warnAt: readonly number[]
  readonly hasForecast: boolean
  readonly isHard: boolean
  /** Null: by how much of it is used. */
  readonly severity: Severity | null
  readonly to: readonly string[]
}

export interface Silence {
  /** The same for the same match. */
  readonly id: string
  readonly match: Readonly<Record<string, string>>
  /** The instant at which it ends. */
  readonly until: number
  readonly why: string | null
}

export interface AlertPlan {
  readonly rules: readonly Rule[]
  readonly budgets: readonly Budget[]
  readonly silences: readonly Silence[]
  readonly targets: NonNullable<AlertFile['targets']>
}

const HOUR_MS = 3_600_000
const ONE_DOLLAR = parseDecimal('1')!
const DEFAULT_WARNINGS = [80, 100]

/** `zone` is that of the workspace, in which the days of silences begin. */
export function planOf(file: AlertFile, zone: Zone): AlertPlan {
  const targets = file.targets ?? {}
  const all = Object.keys(targets)
  const own = file.rules ?? []
  const builtIn = BUILT_IN_NAMES.filter(
    name => file.builtIn?.[name] !== false && !own.some(written => written.name === name),
  )
  return {
    rules: [
      ...builtIn.map(name => ruleOf({ name, ...BUILT_IN_RULES[name] } as unknown as WrittenRule, all, true)),
      ...own.map(written => ruleOf(written, all, false)),
    ],
    budgets: (file.budgets ?? []).map(written => budgetOf(written, all)),
    silences: (file.silences ?? []).map(({ match, until, why }) => {
      const end = instantOfTime(parseTimeText(until)!, { zone, logZone: zone })
      const labels = match as Readonly<Record<string, string>>
      return { id: silenceId(labels), match: labels, until: end, why: why ?? null }
    }),
    targets,
  }
}

function ruleOf(written: WrittenRule, targets: readonly string[], isBuiltIn: boolean): Rule {
  return {
    name: written.name,
    when: parseWhen(written.when) as When,
    overMs: lengthOf(written.over) ?? HOUR_MS,
    min: written.min ?? 1,
    forMs: lengthOf(written.for) ?? 0,
    keepFiringMs: lengthOf(written.keepFiring) ?? 0,
    by: written.by ?? [],
    scope: scopeOf(written, ['client', 'user', 'profile', 'model', 'feature']),
    severity: written.severity ?? 'medium',
    repeatMs: lengthOf(written.repeat) ?? null,
    firesOnNoData: written.noData === 'fire',
    floor: written.floor === undefined ? ONE_DOLLAR : moneyOf(written.floor),
    to: written.to ?? targets,
    isBuiltIn,
  }
}

function budgetOf(written: WrittenBudget, targets: readonly string[]): Budget {
  return {
    name: written.name,
    scope: scopeOf(written, ['client', 'user', 'profile', 'model']),
    per: written.per,
    timezone: written.timezone ?? null,
    limit: moneyOf(written.limit),
    warnAt: [...(written.warnAt ?? DEFAULT_WARNINGS)].sort((a, b) => a - b),
    hasForecast: written.forecast === true,
    isHard: written.hard === true,
    severity: written.severity ?? null,
    to: written.to ?? targets,
  }
}

function lengthOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationMs(text)
}

function scopeOf(
  written: Readonly<Partial<Record<GroupField, string | readonly string[] | undefined>>>,
  fields: readonly GroupField[],
): ScopeTest[] {
  return fields.flatMap(field => {
    const values = [written[field] ?? []].flat()
    if (values.length === 0) return []
    return [{ field, values, test: parsePatterns(values, field === 'profile' ? 'versions' : 'wildcards') }]
  })
}
