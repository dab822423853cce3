// What was typed of logs, range and filters as a request to the app: everything parsed, defaults filled in.
import type { LogRequest } from '../app/report/run-report.ts'
import { optionName, UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import { parseZone, type Zone } from '../base/zone.ts'
import { ColumnNames, statusTest } from '../query/columns.ts'
import { type Condition, parsePatterns } from '../query/condition.ts'
import type { Query } from '../query/query.ts'
import { type NamedRange, parseRange } from '../query/range.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'
import { engineOptions } from './engine-options.ts'
import { FIELD_FILTERS } from './flags/report-flags.ts'
import { formatsOf } from './log-formats.ts'
import { placesOrPipe } from './log-places.ts'
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
  const logZone = options.logTimezone === undefined ? zone : zoneOf(options.logTimezone as string, 'logTimezone')
  const now = context.now()
  const { conditions, filters } = conditionsOf(options, names)
  const places = await placesOrPipe(options, context, workspace)
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

export function zoneOf(name: string, option: string): Zone {
  const zone = parseZone(name)
  if (zone !== undefined) return zone
  throw new UsageError('bad-timezone', `${optionName(option)} ${JSON.stringify(name)}: there is no such time zone.`, {
    where: { option },
    hint: `Use an IANA name such as ${nearestZone(name) ?? 'Europe/Berlin'} or UTC.`,
  })
}

// Most people write the city alone, or slip in it.
function nearestZone(name: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone')
  const city = lastPart(name).replaceAll(' ', '_')
  const near = [city, ...nearestNames(city, zones.map(lastPart), 1)].map(text => text.toLowerCase())
  return near.flatMap(text => zones.find(zone => lastPart(zone).toLowerCase() === text) ?? [])[0]
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
