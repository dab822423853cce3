// What was typed for a report as a request to the app: everything parsed, defaults filled in.
import { resolve } from 'node:path'
import type { ReportRequest } from '../app/run-report.ts'
import { UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { parseZone, type Zone } from '../base/zone.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../event/source-format.ts'
import { ColumnNames } from '../query/columns.ts'
import { type Condition, parsePatterns } from '../query/condition.ts'
import type { CostMode } from '../query/cost-mode.ts'
import type { Query } from '../query/query.ts'
import { type NamedRange, parseRange } from '../query/range.ts'
import type { Format } from '../render/render.ts'
import { USAGE_SECTIONS } from '../report/usage-report.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'
import { engineOptions } from './engine-options.ts'
import { FIELD_FILTERS } from './report-flags.ts'
import type { Workspace } from './workspace.ts'

const TEXT_ROWS = 10

export async function buildReportRequest(
  options: Options,
  format: Format,
  context: Context,
  workspace: Workspace,
): Promise<ReportRequest> {
  const zone = zoneOf((options.timezone as string | undefined) ?? context.timezone(), 'timezone')
  const logZone = options.logTimezone === undefined ? zone : zoneOf(options.logTimezone as string, 'log-timezone')
  const now = context.now()
  const range = parseRange(options, zone, now)
  const names = new ColumnNames()
  const { conditions, filters } = conditionsOf(options, names)
  const groupBy = (options.groupBy as string[] | undefined)?.map(name => ({
    name,
    column: names.keyColumn(name, 'group-by'),
  }))
  const top = options.top as number | undefined
  const isForReading = format === 'text' || format === 'md'
  return {
    root: workspace.root,
    cwd: context.cwd,
    places: placesOf(options, context, workspace),
    formatOf: await formatsOf(options, workspace),
    range,
    compareWith: await compareRange(options.compare as string | undefined, range, zone, context),
    zone,
    logTimezone: logZone.name,
    kinds: (options.event === undefined ? 'usage' : 'all') satisfies Query['kinds'],
    conditions,
    extras: names.extras,
    filters,
    dedupe: (options.dedupe as Query['dedupe'] | undefined) ?? 'file',
    cost: options.noCost === true ? null : ((options.cost as CostMode | undefined) ?? 'auto'),
    currency: (options.currency as string | undefined) ?? null,
    currencies: workspace.settings.currencies,
    groupBy: groupBy ?? null,
    top: top === undefined ? (isForReading ? TEXT_ROWS : null) : top === 0 ? null : top,
    sort: (options.sort as string | undefined) ?? null,
    sections: sectionsOf(options.section as string[] | undefined, groupBy !== undefined),
    now,
    stdin: context.stdin,
    engine: engineOptions(options, placesOf(options, context, workspace), context),
  }
}

export function zoneOf(name: string, flag: string): Zone {
  const zone = parseZone(name)
  if (zone !== undefined) return zone
  const near = nearestNames(name.split('/').at(-1)!, Intl.supportedValuesOf('timeZone').map(lastPart), 1)[0]
  const full = Intl.supportedValuesOf('timeZone').find(candidate => lastPart(candidate) === near)
  throw new UsageError('bad-timezone', `--${flag} ${JSON.stringify(name)}: there is no such time zone.`, {
    where: { flag: `--${flag}` },
    hint: `Use an IANA name such as ${full ?? 'Europe/Berlin'} or UTC.`,
  })
}

function lastPart(zone: string): string {
  return zone.split('/').at(-1)!
}

async function compareRange(
  text: string | undefined,
  range: NamedRange,
  zone: Zone,
  context: Context,
): Promise<NamedRange | null> {
  if (text === undefined) return null
  if (text !== 'previous') {
    const { namedPeriod } = await import('../query/range.ts')
    return namedPeriod(text, 'compare', zone.dayOf(context.now()), zone)
  }
  if (range.previous !== null) return { ...range.previous, label: '', previous: null }
  throw new UsageError('no-previous-range', '--compare previous: the range has no start, so none comes before it.', {
    where: { flag: '--compare' },
    hint: 'Add a range, such as --last-days 7 or --period last-month, or name a period to compare with.',
  })
}

function conditionsOf(
  options: Options,
  names: ColumnNames,
): { conditions: Condition[]; filters: { [flag: string]: string[] } } {
  const conditions: Condition[] = []
  const filters: { [flag: string]: string[] } = {}
  for (const field of FIELD_FILTERS) {
    const values = options[field] as string[] | undefined
    if (values === undefined || values.length === 0) continue
    filters[field] = values
    conditions.push({ column: field, test: parsePatterns(values, field === 'profile' ? 'versions' : 'wildcards') })
  }
  const where = (options.where as string[] | undefined) ?? []
  conditions.push(...where.map(text => names.conditionOf(text)))
  if (where.length > 0) filters.where = where
  return { conditions, filters }
}

/** Where the logs are: as typed, else as the environment says, else as the configuration says. */
export function placesOf(options: Options, context: Context, { root, settings }: Workspace): ReportRequest['places'] {
  const typed = options.logs as string[] | undefined
  const fromEnvironment = context.environment.USAGEBOOK_LOGS
  if (typed !== undefined) return typed.map(path => ({ path, format: null }))
  if (fromEnvironment !== undefined && fromEnvironment !== '') return [{ path: fromEnvironment, format: null }]
  const set =
    settings.logs === undefined ? ['usage_logs'] : Array.isArray(settings.logs) ? settings.logs : [settings.logs]
  return set.map(entry =>
    typeof entry === 'string'
      ? { path: resolve(root, entry), format: null }
      : { path: resolve(root, entry.path), format: entry.format ?? null },
  )
}

// Formats are looked up by name; those of the configuration are only built where one is used.
export async function formatsOf(options: Options, { settings }: Workspace): Promise<ReportRequest['formatOf']> {
  const asked = (options.sourceFormat as string | undefined) ?? 'native'
  const own = settings.formats ?? {}
  const byName = new Map<string, SourceFormat>([['native', NATIVE_FORMAT]])
  if (Object.keys(own).length > 0) {
    const { buildFormat } = await import('../event/format-schema.ts')
    for (const [name, description] of Object.entries(own)) byName.set(name, buildFormat(name, description))
  }
  const find = (name: string) => {
    const format = byName.get(name)
    if (format !== undefined) return format
    throw new UsageError('unknown-source-format', `There is no source format ${JSON.stringify(name)}.`, {
      where: { flag: '--source-format' },
      hint: `Use one of ${[...byName.keys()].join(', ')}, or describe it under "formats" in the configuration.`,
    })
  }
  find(asked)
  return file => find(file.format ?? asked)
}

const SECTION_WORDS: ReadonlyMap<string, string> = new Map([
  ...USAGE_SECTIONS.map(name => [name, name] as const),
  ['total', 'summary'],
  ['client', 'clients'],
  ['user', 'users'],
  ['profile', 'profiles'],
  ['model', 'models'],
  ['date', 'dates'],
])

function sectionsOf(asked: readonly string[] | undefined, isGrouped: boolean): string[] | null {
  if (asked === undefined) return null
  if (isGrouped) {
    throw new UsageError('section-with-group-by', '--section and --group-by do not go together.', {
      where: { flag: '--section' },
      hint: 'Leave --section out: --group-by makes one flat table.',
    })
  }
  return asked.map(name => {
    const section = SECTION_WORDS.get(name)
    if (section !== undefined) return section
    throw new UsageError('unknown-section', `--section ${JSON.stringify(name)}: the report has no such section.`, {
      where: { flag: '--section' },
      hint: `Use one of ${USAGE_SECTIONS.join(', ')}.`,
    })
  })
}
