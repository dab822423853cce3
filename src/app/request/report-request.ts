// From options to the request for a report: which report, and which part of it is shown.
import { optionName, UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Zone } from '../../base/zone.ts'
import { ColumnNames } from '../../query/columns.ts'
import type { NamedRange } from '../../query/range.ts'
import type { Scope } from '../../query/scope.ts'
import { REPORT_NAMES, REPORTS } from '../../report/catalogue.ts'
import type { ReportDefinition } from '../../report/model/report-definition.ts'
import type { Host } from '../host.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { comparedWhereExplained, explainView } from './explain-view.ts'
import { buildLogRequest } from './log-request.ts'
import type { RangeName, ReportOptions } from './parameters.ts'
import type { ReportRequest } from './requests.ts'

/** Rows a section in forms that are read, unless told. */
export const TEXT_ROWS = 10
const DEFAULT_REPORT = 'usage'
/** The pause that ends a session, unless told. */
export const DEFAULT_IDLE_MS = 30 * 60_000

/** `isForReading`: sections show their first rows, unless told. `scope`: what whoever asks may see; everything unless told. */
export async function buildReportRequest(
  given: ReportOptions & RangeName,
  isForReading: boolean,
  host: Host,
  workspace: Workspace,
  scope?: Scope,
): Promise<ReportRequest> {
  const options = comparedWhereExplained(given)
  const report = await findReport(options.name ?? DEFAULT_REPORT)
  refuseForeignOptions(options, report)
  const names = new ColumnNames()
  const groupBy = fieldsOf(options)?.map(name => ({
    name,
    ...names.keyColumn(name, 'groupBy'),
  }))
  const explain = explainView(options, names)
  const { top } = options
  const { logs, filter, engine, now } = await buildLogRequest(options, host, workspace, { names, scope })
  return {
    logs,
    filter: { ...filter, range: untilNow(filter.range, isWithPrevious(options, report), now) },
    view: {
      report,
      compareWith: await compareRange(options.compare, filter.range, filter.zone, host),
      groupBy: groupBy ?? null,
      by: options.by ?? ['activity'],
      idleMs: options.idle ?? DEFAULT_IDLE_MS,
      top: top === undefined ? (isForReading ? TEXT_ROWS : null) : top === 0 ? null : top,
      sort: options.sort ?? null,
      sections: sectionsOf(options.section, report, groupBy !== undefined),
      ...(options.title && { title: options.title }),
      ...(explain && { explain }),
    },
    money: {
      cost: options.noCost === true ? null : (options.cost ?? 'auto'),
      currency: options.currency ?? null,
      currencies: workspace.settings.currencies,
    },
    engine,
    now,
  }
}

// A field that is named twice is one.
function fieldsOf({ groupBy }: ReportOptions): string[] | undefined {
  return groupBy === undefined ? undefined : [...new Set(groupBy)]
}

async function findReport(name: string): Promise<ReportDefinition> {
  const entry = REPORTS.find(candidate => candidate.name === name)
  if (entry !== undefined) return await entry.load()
  const near = nearestNames(name, REPORT_NAMES, 1)[0]
  throw new UsageError('unknown-report', `There is no report ${JSON.stringify(name)}.`, {
    hint: near === undefined ? `Use one of ${REPORT_NAMES.join(', ')}.` : `Use "usagebook report ${near}".`,
  })
}

/** Options that say something to some reports only. */
const OPTIONS_OF_REPORTS = {
  groupBy: ['usage'],
  by: ['activity'],
  idle: ['sessions', 'requests', 'trends'],
  explain: ['usage'],
  explainBy: ['usage'],
  explainQuantity: ['usage'],
  explainMethod: ['usage'],
} as const satisfies Readonly<Partial<Record<keyof ReportOptions, readonly string[]>>>

function refuseForeignOptions(options: ReportOptions, report: ReportDefinition): void {
  for (const option of Object.keys(OPTIONS_OF_REPORTS) as (keyof typeof OPTIONS_OF_REPORTS)[]) {
    const reports: readonly string[] = OPTIONS_OF_REPORTS[option]
    if (options[option] === undefined || reports.includes(report.name)) continue
    const name = optionName(option)
    throw new UsageError('flag-of-another-report', `${name} does not apply to the report ${report.name}.`, {
      where: { option },
      hint: `Leave ${name} out, or use it with ${reports.map(name => `"usagebook report ${name}"`).join(' or ')}.`,
    })
  }
}

function isWithPrevious({ compare }: ReportOptions, { isAlwaysCompared }: ReportDefinition): boolean {
  return compare === 'previous' || (compare === undefined && isAlwaysCompared === true)
}

// What is set against the time before ends now where it has no other end, so that both are as long.
function untilNow(range: NamedRange, isWithPrevious: boolean, now: number): NamedRange {
  return isWithPrevious && range.to === null && range.previous !== null ? { ...range, to: now } : range
}

/** The range that `compare` asks for; null where it asks for none. */
export async function compareRange(
  text: string | undefined,
  range: NamedRange,
  zone: Zone,
  host: Host,
): Promise<NamedRange | null> {
  if (text === undefined) return null
  const { namedPeriod, unnamedRange } = await import('../../query/range.ts')
  if (text !== 'previous') return namedPeriod(text, 'compare', zone, host.now())
  if (range.previous !== null) return unnamedRange(range.previous)
  const why =
    range.from === null
      ? 'the range has no start, so no range comes'
      : 'the range begins in the future, so no range of its length comes'
  throw new UsageError('no-previous-range', `${optionName('compare')} previous: ${why} before it.`, {
    where: { option: 'compare' },
    hint: `Add a range, such as ${optionName('lastDays')} 7 or ${optionName('period')} last-month, or name a period to compare with.`,
  })
}

/** Sections are plural ("clients"); their rows' singular is understood too. */
export function sectionsOf(
  asked: readonly string[] | undefined,
  report: ReportDefinition,
  isGrouped: boolean,
): string[] | null {
  if (asked === undefined) return null
  if (isGrouped) {
    throw new UsageError(
      'section-with-group-by',
      `${optionName('section')} and ${optionName('groupBy')} cannot be used together.`,
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
