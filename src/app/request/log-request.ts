// From the options for logs, range and filters to a request: everything parsed, defaults filled in.
import { optionName, UsageError } from '../../base/errors.ts'
import { addAll } from '../../base/lists.ts'
import { nearestNames } from '../../base/nearest.ts'
import { parseZone, type Zone } from '../../base/zone.ts'
import { ColumnNames, statusTest } from '../../query/columns.ts'
import { type Condition, parsePatterns } from '../../query/condition.ts'
import type { NamedRange } from '../../query/range.ts'
import { ALL_IN_SCOPE, rulesOfScope, type Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import { formatsOf } from '../workspace/log-formats.ts'
import { bringPlaces, placesOrPipe } from '../workspace/log-places.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { engineOptions } from './engine-options.ts'
import { rangeOf } from './named-range.ts'
import { FIELD_FILTERS, type LogOptions, type RangeName } from './parameters.ts'
import type { LogRequest, LogSource } from './requests.ts'

/** What a request is made of beside its options, which anybody may give. */
export interface RequestParts {
  /** Collects the columns that conditions need. */
  readonly names?: ColumnNames
  /** Another way of saying the range. */
  readonly rangeOf?: (zone: Zone, now: LogRequest['now']) => NamedRange
  /** What whoever asks may see; everything unless told. */
  readonly scope?: Scope | undefined
}

export async function buildLogRequest(
  options: LogOptions & RangeName,
  host: Host,
  workspace: Workspace,
  parts: RequestParts = {},
): Promise<LogRequest> {
  const { names = new ColumnNames(), scope = ALL_IN_SCOPE } = parts
  const zone = zoneOf(options.timezone ?? host.timezone(), 'timezone')
  const logTimezone = logTimezoneOf(options, zone)
  const now = host.now()
  const { conditions, asGiven } = conditionsOf(options, names)
  const logs = await buildLogSource(options, logTimezone, host, workspace)
  return {
    logs,
    filter: {
      scope: rulesOfScope(scope),
      range: parts.rangeOf?.(zone, now) ?? rangeOf(options, zone, now),
      zone,
      conditions,
      extras: names.extras,
      asGiven,
      dedupe: options.dedupe ?? 'file',
      joinsVersions: options.family === true,
      joinsBlocks: false,
    },
    engine: engineOptions(options, logs.places, host),
    now,
  }
}

export async function buildLogSource(
  options: Pick<LogOptions, 'logs' | 'files' | 'sourceFormat' | 'rejects' | 'fromTallies'>,
  logTimezone: string,
  host: Host,
  workspace: Workspace,
): Promise<LogSource> {
  const { fromTallies } = options
  if (fromTallies !== undefined) refuseLogs(options)
  return {
    root: workspace.root,
    cwd: host.cwd,
    places: fromTallies === undefined ? await bringPlaces(await placesOrPipe(options, host, workspace), host) : [],
    ...(fromTallies && { tallies: fromTallies }),
    formatOf: await formatsOf(options, workspace),
    logTimezone,
    openStdin: () => host.stdin,
  }
}

// Logs and tallies of the same logs would be counted twice.
function refuseLogs({ logs, files = [], sourceFormat, rejects }: Parameters<typeof buildLogSource>[0]): void {
  const given = { logs: logs ?? (files.length > 0 ? files : undefined), sourceFormat, rejects }
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined) continue
    const [tallies, other] = [optionName('fromTallies'), optionName(option)]
    throw new UsageError('tallies-or-logs', `${tallies} and ${other} cannot be used together.`, {
      where: { option },
      hint: `Leave ${other} out: tallies have been added up, and have no lines. Or read the logs, without ${tallies}.`,
    })
  }
}

/** Times without an offset are of the zone of days, unless told. */
export function logTimezoneOf({ logTimezone }: Pick<LogOptions, 'logTimezone'>, zone: Zone): string {
  return logTimezone === undefined ? zone.name : zoneOf(logTimezone, 'logTimezone').name
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
  options: LogOptions,
  names: ColumnNames,
): { conditions: Condition[]; asGiven: { [option: string]: readonly string[] } } {
  const conditions: Condition[] = []
  const asGiven: { [option: string]: readonly string[] } = {}
  for (const field of FIELD_FILTERS) {
    const values = options[field]
    if (values === undefined || values.length === 0) continue
    asGiven[field] = values
    const test = parsePatterns(values, field === 'profile' ? 'versions' : 'wildcards')
    conditions.push({ column: field, test: field === 'status' ? statusTest(test) : test })
  }
  const where = options.where ?? []
  addAll(
    conditions,
    where.map(text => names.conditionOf(text)),
  )
  if (where.length > 0) asGiven.where = where
  return { conditions, asGiven }
}
