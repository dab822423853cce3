// The flags of reports: which events, what comes out, money, checks.
import { COST_MODES } from '../../query/cost-mode.ts'
import { FORMATS } from '../../render/render.ts'
import { parseMaxRejects } from '../max-rejects.ts'
import { type Flag, listOf, listOfValues, oneOf, wholeNumber } from './flag.ts'
import { formatFlag } from './format-flag.ts'
import { OWN_FLAGS } from './own-report-flags.ts'

export const RANGE_FLAGS: readonly Flag[] = [
  {
    name: 'last-days',
    value: 'N',
    group: 'Range',
    help: 'from midnight N days ago until now',
    parse: wholeNumber(0, 36_500),
  },
  { name: 'last-hours', value: 'N', group: 'Range', help: 'the last N hours', parse: wholeNumber(1, 876_000) },
  {
    name: 'start-date',
    aliases: ['since'],
    value: 'DATE',
    group: 'Range',
    help: 'from this day on, or an instant; also yesterday, 7d, 24h',
  },
  {
    name: 'end-date',
    aliases: ['until'],
    value: 'DATE',
    group: 'Range',
    help: 'to the end of this day, or up to an instant',
  },
  {
    name: 'period',
    value: 'PERIOD',
    group: 'Range',
    help: 'today, yesterday, this-week, last-week, this-month, last-month, or 2026, 2026-Q1, 2026-02, 2026-W06, 2026-02-02',
    choices: ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month'],
  },
  {
    name: 'timezone',
    value: 'ZONE',
    group: 'Range',
    help: 'IANA time zone in which days are cut; default that of the machine',
    configurable: true,
  },
  {
    name: 'log-timezone',
    value: 'ZONE',
    group: 'Range',
    help: 'time zone of log times without an offset; default --timezone',
    configurable: true,
  },
]

/** Filter flags that name a field; the flag's name is the column's. */
export const FIELD_FILTERS = ['client', 'user', 'profile', 'model', 'provider', 'feature', 'event', 'status'] as const

const FILTER_HELP: Readonly<Record<(typeof FIELD_FILTERS)[number], string>> = {
  client: 'only these clients: a,b, * as wildcard, !a for all but',
  user: 'only these users',
  profile: 'only these profiles, with their versions: brand is brand_v2 too',
  model: 'only these models',
  provider: 'only these providers',
  feature: 'only these features',
  event: 'count events of these kinds instead of usage events',
  status: 'ok or error',
}

export const FILTER_FLAGS: readonly Flag[] = [
  ...FIELD_FILTERS.map(
    (name): Flag => ({
      name,
      value: 'NAME',
      group: 'Filters',
      help: FILTER_HELP[name],
      parse: listOfValues,
      repeats: true,
    }),
  ),
  {
    name: 'where',
    value: 'EXPR',
    group: 'Filters',
    help: "any field of the line: 'status_code>=500', 'region!=eu', 'file_name~*.csv'; repeats mean and",
    repeats: true,
  },
]

export const INPUT_FLAGS: readonly Flag[] = [
  {
    name: 'logs',
    value: 'PATH',
    group: 'Input',
    help: 'folder, file, glob or - for standard input; default usage_logs',
    repeats: true,
  },
  {
    name: 'source-format',
    value: 'NAME',
    group: 'Input',
    help: 'how log lines map to fields: native, or a format of the configuration',
    configurable: true,
    setting: 'format',
    hasLooseSetting: true,
  },
  {
    name: 'dedupe',
    value: 'MODE',
    group: 'Input',
    help: 'where an id counts once: off, file (default) or all',
    parse: oneOf(['off', 'file', 'all']),
    choices: ['off', 'file', 'all'],
    configurable: true,
  },
  {
    name: 'threads',
    value: 'N',
    group: 'Input',
    help: 'threads that read logs; default as many as pay',
    parse: wholeNumber(1, 256),
    configurable: true,
  },
  {
    name: 'cache',
    group: 'Input',
    negated: true,
    help: 'keep the sums of days that are over; --no-cache reads everything anew',
    configurable: true,
  },
  { name: 'rejects', value: 'FILE', group: 'Input', help: 'write every rejected line to this file, as JSON lines' },
]

export const OUTPUT_FLAGS: readonly Flag[] = [
  { ...formatFlag(FORMATS, 'text, or what --output ends in'), configurable: true, setting: null },
  { name: 'output', short: 'o', value: 'FILE', group: 'Output', help: 'write to this file; - is standard output' },
  {
    name: 'top',
    value: 'N',
    group: 'Output',
    help: 'rows a section, 0 for all; text shows 10 unless told',
    parse: wholeNumber(0),
    configurable: true,
  },
  { name: 'family', group: 'Output', help: 'add up the versions of a profile: brand_check_v2 under brand_check' },
  { name: 'sort', value: 'FIELD', group: 'Output', help: 'order rows by this column' },
  {
    name: 'section',
    value: 'NAME',
    group: 'Output',
    help: 'only these sections of the report; usage has summary, clients, users, profiles, models, dates',
    parse: listOf,
    repeats: true,
  },
  {
    name: 'group-by',
    value: 'FIELDS',
    group: 'Output',
    help: 'one flat table of usage by any fields, and hour, day, week or month',
    parse: listOf,
    repeats: true,
  },
  ...OWN_FLAGS,
  {
    name: 'compare',
    value: 'PERIOD',
    group: 'Output',
    help: 'changes against the range before (previous), or a period',
  },
  { name: 'columns', value: 'NAMES', group: 'Output', help: 'only these columns', parse: listOf, repeats: true },
  { name: 'header', group: 'Output', negated: true, help: 'a header line in CSV; --no-header leaves it out' },
  { name: 'bom', group: 'Output', help: 'begin CSV with a byte order mark, for Excel' },
]

export const MONEY_FLAGS: readonly Flag[] = [
  {
    name: 'cost',
    value: 'MODE',
    group: 'Money',
    help: 'auto (logged cost, else estimate), logged or estimated',
    parse: oneOf(COST_MODES),
    choices: COST_MODES,
    configurable: true,
  },
  { name: 'no-cost', group: 'Money', help: 'no costs at all' },
  {
    name: 'currency',
    value: 'CODE',
    group: 'Money',
    help: 'show costs in a currency of the configuration',
    configurable: true,
  },
]

export const CHECK_FLAGS: readonly Flag[] = [
  { name: 'strict', group: 'Checks', help: 'exit 3 if any line was rejected' },
  {
    name: 'max-rejects',
    value: 'N|N%',
    group: 'Checks',
    help: 'exit 3 if more lines were rejected',
    parse: parseMaxRejects,
  },
  { name: 'strict-pricing', group: 'Checks', help: 'exit 3 if any usage has no price' },
  { name: 'fail-on-empty', group: 'Checks', help: 'exit 3 if nothing matched' },
]
