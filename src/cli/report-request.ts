// What was typed for a report as a request to the app: which report, and how it is cut.
import type { ReportRequest } from '../app/report/run-report.ts'
import { optionName, UsageError } from '../base/errors.ts'
import { nearestNames } from '../base/nearest.ts'
import type { Zone } from '../base/zone.ts'
import { ColumnNames } from '../query/columns.ts'
import type { CostMode } from '../query/cost-mode.ts'
import type { NamedRange } from '../query/range.ts'
import type { Format } from '../render/render.ts'
import { REPORTS } from '../report/catalogue.ts'
import type { ReportDefinition } from '../report/model/report-definition.ts'
import { CATALOGUE } from './catalogue.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'
import { buildLogRequest } from './log-request.ts'
import type { Workspace } from './workspace.ts'

/** Rows a section in forms that are read, unless told. */
export const TEXT_ROWS = 10
const DEFAULT_REPORT = 'usage'
/** The pause that ends a session, unless told. */
export const DEFAULT_IDLE_MS = 30 * 60_000

export async function buildReportRequest(
  options: Options,
  format: Format,
  context: Context,
  workspace: Workspace,
): Promise<ReportRequest> {
  const report = await findReport((options.name as string | undefined) ?? DEFAULT_REPORT)
  refuseForeignFlags(options, report)
  const names = new ColumnNames()
  const groupBy = fieldsOf(options)?.map(name => ({
    name,
    ...names.keyColumn(name, 'groupBy'),
  }))
  const top = options.top as number | undefined
  const isForReading = format === 'text' || format === 'md'
  const logs = await buildLogRequest(options, context, workspace, names)
  return {
    ...logs,
    range: untilNow(logs.range, isWithPrevious(options, report), logs.now),
    report,
    compareWith: await compareRange(options.compare as string | undefined, logs.range, logs.zone, context),
    cost: options.noCost === true ? null : ((options.cost as CostMode | undefined) ?? 'auto'),
    currency: (options.currency as string | undefined) ?? null,
    currencies: workspace.settings.currencies,
    groupBy: groupBy ?? null,
    by: (options.by as string[] | undefined) ?? ['activity'],
    idleMs: (options.idle as number | undefined) ?? DEFAULT_IDLE_MS,
    top: top === undefined ? (isForReading ? TEXT_ROWS : null) : top === 0 ? null : top,
    sort: (options.sort as string | undefined) ?? null,
    sections: sectionsOf(options.section as string[] | undefined, report, groupBy !== undefined),
  }
}

// A field that is named twice is one.
function fieldsOf({ groupBy }: Options): string[] | undefined {
  return groupBy === undefined ? undefined : [...new Set(groupBy as string[])]
}

async function findReport(name: string): Promise<ReportDefinition> {
  const entry = REPORTS.find(candidate => candidate.name === name)
  if (entry !== undefined) return await entry.load()
  const names = REPORTS.map(candidate => candidate.name)
  const near = nearestNames(name, names, 1)[0]
  const isCommand = CATALOGUE.some(({ words }) => words[0] === name)
  throw new UsageError('unknown-report', `There is no report ${JSON.stringify(name)}.`, {
    hint: isCommand
      ? `Write the command first: "usagebook ${name}", then its flags.`
      : near === undefined
        ? `Use one of ${names.join(', ')}.`
        : `Use "usagebook report ${near}".`,
  })
}

/** Flags that say something to some reports only. */
const FLAGS_OF_REPORTS: Readonly<Record<string, readonly string[]>> = {
  groupBy: ['usage'],
  by: ['activity'],
  idle: ['sessions', 'requests', 'trends'],
}

function refuseForeignFlags(options: Options, report: ReportDefinition): void {
  for (const [key, reports] of Object.entries(FLAGS_OF_REPORTS)) {
    if (options[key] === undefined || reports.includes(report.name)) continue
    const flag = optionName(key)
    throw new UsageError('flag-of-another-report', `${flag} says nothing to the report ${report.name}.`, {
      where: { option: key },
      hint: `Leave ${flag} out, or use it with ${reports.map(name => `"usagebook report ${name}"`).join(' or ')}.`,
    })
  }
}

function isWithPrevious({ compare }: Options, { isAlwaysCompared }: ReportDefinition): boolean {
  return compare === 'previous' || (compare === undefined && isAlwaysCompared === true)
}

// What is set against the time before ends now where it has no other end, so that both are as long.
function untilNow(range: NamedRange, isWithPrevious: boolean, now: number): NamedRange {
  return isWithPrevious && range.to === null && range.previous !== null ? { ...range, to: now } : range
}

async function compareRange(
  text: string | undefined,
  range: NamedRange,
  zone: Zone,
  context: Context,
): Promise<NamedRange | null> {
  if (text === undefined) return null
  const { namedPeriod, unnamedRange } = await import('../query/range.ts')
  if (text !== 'previous') return namedPeriod(text, 'compare', zone, context.now())
  if (range.previous !== null) return unnamedRange(range.previous)
  const why =
    range.from === null ? 'the range has no start, so none comes' : 'the range begins after now, so none as long comes'
  throw new UsageError('no-previous-range', `--compare previous: ${why} before it.`, {
    where: { option: 'compare' },
    hint: `Add a range, such as ${optionName('lastDays')} 7 or ${optionName('period')} last-month, or name a period to compare with.`,
  })
}

/** Sections are plural ("clients"); their rows' singular is understood too. */
function sectionsOf(
  asked: readonly string[] | undefined,
  report: ReportDefinition,
  isGrouped: boolean,
): string[] | null {
  if (asked === undefined) return null
  if (isGrouped) {
    throw new UsageError(
      'section-with-group-by',
      `${optionName('section')} and ${optionName('groupBy')} do not go together.`,
      {
        where: { option: 'section' },
        hint: `Leave ${optionName('section')} out: ${optionName('groupBy')} makes one flat table.`,
      },
    )
  }
  return asked.map(name => {
    const section = report.sections.find(
      candidate => candidate === name || candidate === `${name}s` || (candidate === 'summary' && name === 'total'),
    )
    if (section !== undefined) return section
    throw new UsageError(
      'unknown-section',
      `${optionName('section')} ${JSON.stringify(name)}: the report has no such section.`,
      {
        where: { option: 'section' },
        hint: `Use one of ${report.sections.join(', ')}.`,
      },
    )
  })
}
