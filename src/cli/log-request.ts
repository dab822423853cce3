// What was typed of logs, range and filters as a request to the app: everything parsed, defaults filled in.
import { resolve } from 'node:path'
import type { LogRequest } from '../app/run-report.ts'
import { UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { parseZone, type Zone } from '../base/zone.ts'
import { NATIVE_FORMAT, type SourceFormat } from '../event/source-format.ts'
import { ColumnNames, statusTest } from '../query/columns.ts'
import { type Condition, parsePatterns } from '../query/condition.ts'
import type { Query } from '../query/query.ts'
import { type NamedRange, parseRange } from '../query/range.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'
import { engineOptions } from './engine-options.ts'
import { FIELD_FILTERS } from './report-flags.ts'
import type { Workspace } from './workspace.ts'

/** `names` collects the columns that conditions need; `rangeOf` is another way of saying the range. */
export async function buildLogRequest(
  options: Options,
  context: Context,
  workspace: Workspace,
  names: ColumnNames = new ColumnNames(),
  rangeOf: (zone: Zone, now: LogRequest['now']) => NamedRange = (zone, now) => parseRange(options, zone, now),
): Promise<LogRequest> {
  const zone = zoneOf((options.timezone as string | undefined) ?? context.timezone(), 'timezone')
  const logZone = options.logTimezone === undefined ? zone : zoneOf(options.logTimezone as string, 'log-timezone')
  const now = context.now()
  const { conditions, filters } = conditionsOf(options, names)
  const places = placesOf(options, context, workspace)
  return {
    root: workspace.root,
    cwd: context.cwd,
    places,
    formatOf: await formatsOf(options, workspace),
    range: rangeOf(zone, now),
    zone,
    logTimezone: logZone.name,
    conditions,
    extras: names.extras,
    filters,
    joinsVersions: options.family === true,
    dedupe: (options.dedupe as Query['dedupe'] | undefined) ?? 'file',
    now,
    openStdin: () => context.stdin,
    engine: engineOptions(options, places, context),
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
    const test = parsePatterns(values, field === 'profile' ? 'versions' : 'wildcards')
    conditions.push({ column: field, test: field === 'status' ? statusTest(test) : test })
  }
  const where = (options.where as string[] | undefined) ?? []
  conditions.push(...where.map(text => names.conditionOf(text)))
  if (where.length > 0) filters.where = where
  return { conditions, filters }
}

/** Where the logs are: as typed, else as the environment says, else as the configuration says. */
export function placesOf(options: Options, context: Context, { root, settings }: Workspace): LogRequest['places'] {
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
export async function formatsOf(options: Options, { settings }: Workspace): Promise<LogRequest['formatOf']> {
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
