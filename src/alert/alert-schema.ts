// The schema of `alerts.json`: rules, budgets, targets and silences as people write them.
import * as z from 'zod'
import { formatDecimal, parseDecimal } from '../base/decimal.ts'
import { DURATION_HINT, durationMs } from '../base/duration.ts'
import { parseTimeText } from '../base/parse-time.ts'
import { parseZone } from '../base/zone.ts'
import { targetSchema } from '../notify/targets.ts'
import { BUILT_IN_NAMES } from './built-in-rules.ts'
import { METRICS, type Metric, parseWhen } from './when.ts'

/** The fields of events that rules and budgets can be about. */
export const SCOPE_FIELDS = ['client', 'user', 'profile', 'model'] as const
/** The fields that a rule can have groups by. */
export const GROUP_FIELDS = [...SCOPE_FIELDS, 'provider', 'feature'] as const
export type GroupField = (typeof GROUP_FIELDS)[number]

export const SEVERITY_NAMES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITY_NAMES)[number]

export const PERIOD_UNITS = ['day', 'week', 'month'] as const
export type PeriodUnit = (typeof PERIOD_UNITS)[number]

/** What a silence can match besides the labels of an alert. */
export const SILENCED_BY = ['rule', 'severity', ...GROUP_FIELDS] as const

const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,63}$/,
    'use small letters, digits, - and _, at most 64, beginning with a letter or digit',
  )

const duration = z.string().refine(text => durationMs(text) !== undefined, `write ${DURATION_HINT}`)
const severity = z.enum(SEVERITY_NAMES)
const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const targets = z.array(z.string().min(1)).min(1).describe('names of targets; default all of them')

/** Texts keep all their digits; a number is what it is printed as. */
const money = z.union([
  z.string().regex(/^\d{1,15}(\.\d{1,12})?$/, 'write dollars as digits, such as "500" or "12.50"'),
  z.number().positive(),
])

const scope = {
  client: patterns.optional().describe('only these clients: names, * as wildcard, !name for all but'),
  user: patterns.optional().describe('only these users'),
  profile: patterns.optional().describe('only these profiles, in all their versions'),
  model: patterns.optional().describe('only these models'),
}

const rule = z.strictObject({
  name: name.describe('what it is called; the name of a built-in rule replaces that rule'),
  when: z
    .string()
    .superRefine((text, check) => {
      const when = parseWhen(text)
      if (typeof when === 'string') check.addIssue({ code: 'custom', message: when })
    })
    .describe(`METRIC OPERATOR LIMIT, such as error_rate > 10%; metrics: ${Object.keys(METRICS).join(', ')}`),
  over: duration.optional().describe('the length of time that is looked at; default 1h'),
  min: z.number().int().min(1).optional().describe('fewer requests than this are not judged; default 1'),
  for: duration.optional().describe('how long it must be so before it fires; default at once'),
  keepFiring: duration.optional().describe('how long it must be over before it is told to be; default at once'),
  by: z.array(z.enum(GROUP_FIELDS)).min(1).optional().describe('an alert for each value of these fields'),
  ...scope,
  feature: patterns.optional().describe('only these features'),
  severity: severity.optional().describe('default medium'),
  repeat: duration.optional().describe('tell again this often while it fires; default never'),
  noData: z.enum(['ok', 'fire']).optional().describe('what it means if there are no events to judge; default ok'),
  floor: money.optional().describe('of unusual_cost: days that cost less are never unusual; default 1 dollar'),
  to: targets.optional(),
})

const budget = z.strictObject({
  name,
  ...scope,
  per: z.enum(PERIOD_UNITS).describe('a calendar day, week (from Monday) or month'),
  timezone: z.string().optional().describe('IANA time zone in which days are cut; default that of the workspace'),
  limit: money
    .refine(limit => !(typeof limit === 'string' && /^[0.]*$/.test(limit)), 'must be more than 0')
    .describe('dollars for each period, as text so that every digit counts'),
  warnAt: z
    .array(z.number().positive().max(1000))
    .min(1)
    .refine(list => new Set(list).size === list.length, 'names a percentage twice')
    .optional()
    .describe('percentages of the limit at which it is told, each once a period; default [80, 100]'),
  forecast: z
    .boolean()
    .optional()
    .describe('tell also if the forecast for the period is above the limit; default false'),
  hard: z.boolean().optional().describe('says to applications that ask to refuse what goes beyond; default false'),
  severity: severity.optional().describe('default medium, and high from the limit on'),
  to: targets.optional(),
})

const silence = z.strictObject({
  match: z
    .partialRecord(z.enum(SILENCED_BY), z.string().min(1))
    .refine(match => Object.keys(match).length > 0, 'names nothing: an empty match would silence everything')
    .describe('labels of alerts with * as wildcard; all of them must fit'),
  until: z
    .string()
    .refine(
      text => /^\d{4}-\d\d-\d\d/.test(text) && parseTimeText(text) !== undefined,
      'write a day like 2026-03-01, or an instant',
    )
    .describe('a day, at whose beginning it ends, or an instant'),
  why: z.string().optional(),
})

export const alertSchema = z
  .strictObject({
    $schema: z.string().optional(),
    builtIn: z
      .partialRecord(z.enum(BUILT_IN_NAMES), z.boolean())
      .optional()
      .describe('built-in rules: false switches one off'),
    rules: z.array(rule).optional(),
    budgets: z.array(budget).optional(),
    targets: z.record(z.string().min(1), targetSchema).optional().describe('where messages go, by name'),
    silences: z.array(silence).optional().describe('alerts that are not told, for a while'),
  })
  .superRefine((file, check) => {
    const seen = new Set<string>()
    for (const key of ['rules', 'budgets'] as const) {
      for (const [index, each] of (file[key] ?? []).entries()) {
        const refuse = (path: (string | number)[], message: string) =>
          check.addIssue({ code: 'custom', path: [key, index, ...path], message })
        if (key === 'rules') for (const [at, why] of uselessKeys(each as WrittenRule)) refuse([at], why)
        if (seen.has(each.name)) refuse(['name'], `${each.name} is the name of another rule or budget`)
        if (key === 'budgets' && (BUILT_IN_NAMES as readonly string[]).includes(each.name))
          refuse(['name'], `${each.name} is the name of a built-in rule`)
        seen.add(each.name)
        for (const [at, target] of (each.to ?? []).entries()) {
          if (!Object.hasOwn(file.targets ?? {}, target)) refuse(['to', at], `there is no target ${target}`)
        }
      }
    }
    for (const [index, { timezone }] of (file.budgets ?? []).entries()) {
      if (timezone !== undefined && parseZone(timezone) === undefined)
        check.addIssue({ code: 'custom', path: ['budgets', index, 'timezone'], message: 'there is no such time zone' })
    }
  })

// What would be read and then mean nothing, or something else than it says.
function uselessKeys(written: WrittenRule): (readonly [key: string, why: string])[] {
  const when = parseWhen(written.when)
  if (typeof when === 'string') return []
  const { metric } = when
  const useless = USELESS[metric] ?? []
  const by = written.by ?? []
  const found = [...useless, ...(metric === 'unusual_cost' ? [] : ['floor'])].filter(key => Object.hasOwn(written, key))
  return [
    ...found.map(key => [key, `says nothing for ${metric}; take it away`] as const),
    ...(metric === 'down' && (by.length !== 1 || by[0] !== 'feature')
      ? [['by', 'write "by": ["feature"], since down is judged for each'] as const]
      : []),
    ...(metric === 'unusual_cost' && by.some(field => field !== 'client')
      ? [['by', 'unusual_cost can be judged by client alone'] as const]
      : []),
  ]
}

const USELESS: Readonly<Partial<Record<Metric, readonly (keyof WrittenRule)[]>>> = {
  unusual_cost: ['over', 'min', 'for', 'keepFiring', 'repeat', 'noData'],
  silent: ['over', 'min', 'noData'],
}

export type AlertFile = z.infer<typeof alertSchema>
export type WrittenRule = z.infer<typeof rule>
export type WrittenBudget = z.infer<typeof budget>

/** The amount that a text or a number writes, exactly. */
export function moneyOf(written: string | number) {
  return parseDecimal(String(written))!
}

/** As dollars are written in the file. */
export function moneyText(written: string | number): string {
  return formatDecimal(moneyOf(written))
}
