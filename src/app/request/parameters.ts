// The one list of all options of a question to the logs: name in code, help in words that suit every door, values. Flags, the
// options of the library and their types are made from this list. Longer than usual: one list.

import { FOCUS_VERSIONS, NEWEST_FOCUS } from '../../export/focus/focus-columns.ts'
import { COST_MODES } from '../../query/cost-mode.ts'
import { DASHBOARD_RANGES } from '../../query/dashboard-range.ts'
import { DASHBOARD_METRICS, STACK_FIELDS } from '../../query/dashboard-view.ts'
import { FORMATS } from '../../render/render.ts'
import { ACTIVITY_FIELDS } from '../../report/table/activity-fields.ts'
import { parseMaxRejects } from './checks.ts'
import {
  listOf,
  listOfValues,
  listOfWords,
  oneOf,
  type ParseOption,
  parseDuration,
  wholeNumber,
} from './parse-option.ts'

export interface Parameter {
  readonly help: string
  /** The placeholder for the value in the help ("N"); absent for a switch. */
  readonly value?: string
  /** Absent: the value is the text itself, or true for a switch. */
  readonly parse?: ParseOption<unknown>
  /** May be given several times; the option is then a list of the parsed values (lists are joined). */
  readonly repeats?: true
  /** A switch that is on unless it is turned off. */
  readonly negated?: true
  /** The values that completion can offer. */
  readonly choices?: readonly string[]
  /** Also read from USAGEBOOK_NAME and from the configuration. */
  readonly configurable?: true
  /** Its key in the configuration, if that is not its name; null if only the environment can set it. */
  readonly setting?: string | null
  /** Its setting is not merged into the options: the code that reads the option weighs it against others. */
  readonly hasLooseSetting?: true
}

export const RANGE = {
  lastDays: { value: 'N', help: 'from midnight N days ago until now', parse: wholeNumber(0, 36_500) },
  lastHours: { value: 'N', help: 'the last N hours', parse: wholeNumber(1, 876_000) },
  startDate: { value: 'DATE', help: 'from this day on, or an instant; also yesterday, 7d, 24h' },
  endDate: { value: 'DATE', help: 'to the end of this day, or up to an instant' },
  period: {
    value: 'PERIOD',
    help: 'today, yesterday, this-week, last-week, this-month, last-month, or 2026, 2026-Q1, 2026-02, 2026-W06, 2026-02-02',
    choices: ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month'],
  },
  timezone: {
    value: 'ZONE',
    help: 'IANA time zone of days; default that of the machine',
    configurable: true,
  },
  logTimezone: {
    value: 'ZONE',
    help: 'time zone of log times without an offset; default that of days',
    configurable: true,
  },
} as const satisfies Parameters

/** The filters for single fields, by the name of the column. */
const FIELDS = {
  client: {
    value: 'NAME',
    help: 'only these clients: a,b, * as wildcard, !a for all but',
    parse: listOfValues,
    repeats: true,
  },
  user: { value: 'NAME', help: 'only these users', parse: listOfValues, repeats: true },
  profile: {
    value: 'NAME',
    help: 'only these profiles, in all their versions: brand includes brand_v2',
    parse: listOfValues,
    repeats: true,
  },
  model: { value: 'NAME', help: 'only these models', parse: listOfValues, repeats: true },
  provider: { value: 'NAME', help: 'only these providers', parse: listOfValues, repeats: true },
  feature: { value: 'NAME', help: 'only these features', parse: listOfValues, repeats: true },
  event: {
    value: 'NAME',
    help: 'count events of these kinds instead of usage events',
    parse: listOfValues,
    repeats: true,
  },
  status: { value: 'NAME', help: 'ok or error', parse: listOfValues, repeats: true },
} as const satisfies Parameters

export const FIELD_FILTERS = Object.keys(FIELDS) as (keyof typeof FIELDS)[]

export const FILTERS = {
  ...FIELDS,
  where: {
    value: 'EXPR',
    help: "any field of the line: 'status_code>=500', 'region!=eu', 'file_name~*.csv'; several must all hold",
    repeats: true,
  },
} as const satisfies Parameters

export const INPUT = {
  logs: {
    value: 'PATH',
    help: 'folder, file, glob, s3://bucket/prefix or - for standard input; default usage_logs',
    repeats: true,
  },
  sourceFormat: {
    value: 'NAME',
    help: 'how log lines map to fields: native, or a format from the configuration',
    configurable: true,
    setting: 'format',
    hasLooseSetting: true,
  },
  dedupe: {
    value: 'MODE',
    help: 'count an id once per file (file, default), once in all logs (all), or always (off)',
    parse: oneOf(['off', 'file', 'all']),
    choices: ['off', 'file', 'all'],
    configurable: true,
  },
  threads: {
    value: 'N',
    help: 'threads that read logs; default as many as are useful',
    parse: wholeNumber(1, 256),
    configurable: true,
  },
  cache: {
    negated: true,
    help: 'keep the sums of past days for the next report',
    configurable: true,
  },
  rejects: { value: 'FILE', help: 'write every rejected line to this file, as JSON lines' },
} as const satisfies Parameters

/** In place of logs. */
export const ELSEWHERE = {
  fromTallies: {
    value: 'FILE',
    help: 'report what other machines have added up with "usagebook tally export": files or globs, instead of logs',
    repeats: true,
  },
} as const satisfies Parameters

export const OUTPUT = {
  format: {
    value: 'FORMAT',
    help: FORMATS.join(', '),
    parse: oneOf(FORMATS),
    choices: FORMATS,
    configurable: true,
    setting: null,
  },
  output: { value: 'FILE', help: 'write to this file; - is standard output' },
  top: {
    value: 'N',
    help: 'rows per section, 0 for all; 10 in text unless set',
    parse: wholeNumber(0),
    configurable: true,
  },
  family: { help: 'add up the versions of a profile: brand_check_v2 under brand_check' },
  sort: { value: 'FIELD', help: 'order rows by this column' },
  section: {
    value: 'NAME',
    help: 'only these sections of the report; usage has summary, clients, users, profiles, models, dates',
    parse: listOf,
    repeats: true,
  },
  groupBy: {
    value: 'FIELDS',
    help: 'one flat table of usage by any fields, and hour, day, week or month',
    parse: listOf,
    repeats: true,
  },
  by: {
    value: 'FIELDS',
    help: 'groups of the activity report: activity (default), user, day, client, or several',
    parse: listOfWords(ACTIVITY_FIELDS),
    repeats: true,
    choices: ACTIVITY_FIELDS,
  },
  idle: {
    value: 'TIME',
    help: 'the pause that ends a session without an id: 30m (default), 90s, 1h',
    parse: parseDuration,
  },
  compare: { value: 'PERIOD', help: 'compare with the range before (previous), or with a period' },
  explain: { help: 'why the cost changed: volume, mix, price, new, lost and unpriced add up to the change' },
  explainBy: {
    value: 'FIELDS',
    help: 'what the change is cut by; default client,model,kind, where kind is the kind of token',
    parse: listOf,
    repeats: true,
  },
  explainQuantity: {
    value: 'WHAT',
    help: 'volume counts requests (default) or tokens',
    parse: oneOf(['requests', 'tokens']),
    choices: ['requests', 'tokens'],
  },
  explainMethod: {
    value: 'METHOD',
    help: 'against the prices before (default), or midpoint, which is the same in both directions',
    parse: oneOf(['before', 'midpoint']),
    choices: ['before', 'midpoint'],
  },
  title: { value: 'TEXT', help: 'a title of your own, in place of that of the report' },
  columns: { value: 'NAMES', help: 'only these columns', parse: listOf, repeats: true },
  header: { negated: true, help: 'a header line in CSV' },
  bom: { help: 'begin CSV with a byte order mark, for Excel' },
} as const satisfies Parameters

export const MONEY = {
  cost: {
    value: 'MODE',
    help: 'auto (logged cost, else estimate), logged or estimated',
    parse: oneOf(COST_MODES),
    choices: COST_MODES,
    configurable: true,
  },
  noCost: { help: 'no costs at all' },
  currency: { value: 'CODE', help: 'show costs in a currency from the configuration', configurable: true },
} as const satisfies Parameters

/** What a FOCUS file has besides a report. */
export const FOCUS = {
  focusVersion: {
    value: 'VERSION',
    help: `${FOCUS_VERSIONS.join(', ')}; default ${NEWEST_FOCUS}`,
    parse: oneOf(FOCUS_VERSIONS),
    choices: FOCUS_VERSIONS,
  },
  tag: {
    value: 'FIELD',
    help: 'a field that is a tag beside the profile, such as user or feature',
    repeats: true,
  },
  corrections: { help: 'with what has changed in closed periods before this one' },
  billingAccount: { value: 'NAME', help: 'who is billed; default usagebook' },
} as const satisfies Parameters

export const CHECKS = {
  strict: { help: 'exit 3 if any line was rejected' },
  maxRejects: { value: 'N|N%', help: 'exit 3 if more lines than this were rejected', parse: parseMaxRejects },
  strictPricing: { help: 'exit 3 if any usage has no price' },
  failOnEmpty: { help: 'exit 3 if nothing matched' },
} as const satisfies Parameters

const EVENT_ORDERS = ['time', 'cost'] as const

/** Of a list of single events. */
export const EVENTS = {
  session: { value: 'ID', help: 'one session, oldest first' },
  limit: { value: 'N', help: 'events per page; default 25', parse: wholeNumber(1, 1_000_000) },
  offset: { value: 'N', help: 'events to skip first', parse: wholeNumber(0, 100_000_000) },
  sort: {
    value: 'ORDER',
    help: 'time (default), or cost: the dearest first, as logged or else by the prices',
    parse: oneOf(EVENT_ORDERS),
    choices: EVENT_ORDERS,
  },
} as const satisfies Parameters

/** Of the dashboard. */
export const DASHBOARD = {
  range: {
    value: 'RANGE',
    help: `${DASHBOARD_RANGES.join(', ')}, up to now; default 24h`,
    parse: oneOf(DASHBOARD_RANGES),
    choices: DASHBOARD_RANGES,
  },
} as const satisfies Parameters

/** How a dashboard is looked at. */
export const DASHBOARD_VIEW = {
  metric: {
    value: 'METRIC',
    help: `what charts show and tables are ordered by: ${DASHBOARD_METRICS.join(', ')}`,
    parse: oneOf(DASHBOARD_METRICS),
    choices: DASHBOARD_METRICS,
  },
  stackBy: {
    value: 'FIELD',
    help: `what the chart over time is stacked by: ${STACK_FIELDS.join(', ')}`,
    parse: oneOf(STACK_FIELDS),
    choices: STACK_FIELDS,
  },
} as const satisfies Parameters

type Parameters = Readonly<Record<string, Parameter>>

type Parsed<P> = P extends { readonly parse: ParseOption<infer Value> } ? Value : string
type Item<Value> = Value extends readonly (infer One)[] ? One : Value

/** What a parameter is once it was read: true or false for a switch, a list for what may be given several times. */
export type OptionOf<P> = P extends { readonly value: string }
  ? P extends { readonly repeats: true }
    ? readonly Item<Parsed<P>>[]
    : Parsed<P>
  : boolean

/** The options of some parameters; what was not said is absent. */
export type OptionsOf<P extends Parameters> = { readonly [Name in keyof P]?: OptionOf<P[Name]> | undefined }

export type LogOptions = OptionsOf<typeof RANGE & typeof FILTERS & typeof INPUT & typeof ELSEWHERE> & {
  /** Logs that were named without `logs`. */
  readonly files?: readonly string[] | undefined
  readonly family?: boolean | undefined
}

export type ReportOptions = LogOptions &
  OptionsOf<typeof OUTPUT & typeof MONEY & typeof CHECKS> & {
    /** Which report; usage is the default. */
    readonly name?: string | undefined
  }

/** A range by the short names that dashboards have. */
export type RangeName = OptionsOf<typeof DASHBOARD>

export type EventsOptions = LogOptions & OptionsOf<typeof EVENTS>

export type DashboardOptions = LogOptions &
  OptionsOf<typeof DASHBOARD & typeof DASHBOARD_VIEW> &
  Pick<ReportOptions, 'cost' | 'idle' | 'section' | 'compare'>
