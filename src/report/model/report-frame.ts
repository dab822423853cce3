// What every report has around its sections: period, filters, ledger, notes on lines that were rejected or not read.
import { formatInstant, formatInstantUtc } from '../../base/calendar.ts'
import type { JsonValue } from '../../base/json.ts'
import { addAll } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Instant, Zone } from '../../base/zone.ts'
import { describeDays, describeInstants } from '../../query/describe-range.ts'
import {
  countsByReason,
  describeFirst,
  type Ledger,
  shownLine,
  UNUSED_REASONS,
  type UnusedBy,
  type UnusedReason,
} from '../../query/ledger.ts'
import type { NamedRange } from '../../query/range.ts'
import type { Tally } from '../../tally/tally.ts'
import { differingNotes, differingObject } from './differing-duplicates.ts'
import type { Note, ReportPeriod } from './report.ts'
import { unreadNote, unreadObject } from './unread-usage.ts'

/** The period of a report: what was asked for, and where that is open, the days of the first and last event. */
export function buildPeriod(
  range: NamedRange,
  tally: Pick<Tally, 'firstInstant' | 'lastInstant'>,
  zone: Zone,
): ReportPeriod {
  const hasEvents = tally.firstInstant <= tally.lastInstant
  const firstDay =
    range.from !== null
      ? zone.dayOf(range.from as Instant)
      : hasEvents
        ? zone.dayOf(tally.firstInstant as Instant)
        : null
  const lastDay =
    range.to !== null
      ? zone.dayOf((range.to - 1) as Instant)
      : hasEvents
        ? zone.dayOf(tally.lastInstant as Instant)
        : null
  const from = range.from !== null ? (range.from as Instant) : firstDay === null ? null : zone.startOfDay(firstDay)
  const to =
    range.to !== null
      ? (range.to as Instant)
      : lastDay === null
        ? null
        : zone.startOfDay((lastDay + 1) as typeof lastDay)
  const isAll = range.from === null && range.to === null
  // What has a name ("last 3 hours") needs no times of day.
  const days =
    from === null || to === null || firstDay === null || lastDay === null
      ? ''
      : range.label === ''
        ? describeInstants(from, to, zone)
        : describeDays(firstDay, lastDay)
  const words = [isAll ? 'all' : range.label, days].filter(text => text !== '')
  return {
    from,
    to,
    timezone: zone.name,
    label: words.join(', '),
    firstDay,
    lastDay,
  }
}

export function periodObject(period: ReportPeriod, zone: Zone): JsonValue {
  return {
    start: period.from === null ? null : formatInstant(period.from, zone),
    end: period.to === null ? null : formatInstant(period.to, zone),
    timezone: period.timezone,
    label: period.label,
  }
}

export function ledgerObject(ledger: Ledger): JsonValue {
  const { used, other, duplicate, rejected, failures, isScoped } = ledger
  const unlessScoped = (count: number) => (isScoped === true ? null : count)
  return {
    files: unlessScoped(ledger.files),
    bytes: unlessScoped(ledger.bytes),
    read: unlessScoped(ledger.read),
    used,
    filtered: unlessScoped(ledger.filtered),
    other,
    duplicate,
    rejected,
    rejectedBy: { ...countsByReason(ledger) },
    undecided: ledger.undecided === 0 ? undefined : ledger.undecided,
    warnings: ledger.warnings === undefined ? undefined : [...ledger.warnings],
    lines: ledger.lines === undefined ? undefined : { ...ledger.lines },
    complete: failures.length === 0,
    failures: failures.length === 0 ? undefined : failures.map(({ file, message }) => ({ file, message })),
    summarized: ledger.summarized,
    compared: ledger.compared && { ...ledger.compared, read: unlessScoped(ledger.compared.read) },
    differing: differingObject(ledger),
    unread: ledger.unread === undefined ? undefined : unreadObject(ledger.unread),
  }
}

/** The first of the rejected lines, as a document lists them. */
export function problemObjects({ problems }: Pick<Ledger, 'problems'>): JsonValue {
  return problems.map(problem => ({ ...problem, line: shownLine(problem.line) }))
}

/** As which formats logs were read; undefined where all are native. */
export function sourcesObject({ sources }: Ledger): JsonValue | undefined {
  return sources?.map(source => ({ ...source }))
}

/** The keys that every document begins with. */
export function documentHead(
  schema: string,
  now: Instant,
  period: ReportPeriod,
  filters: { readonly [flag: string]: readonly string[] },
  zone: Zone,
): { [key: string]: JsonValue } {
  return {
    schema: `usagebook/${schema}`,
    generatedAt: formatInstantUtc(now),
    period: periodObject(period, zone),
    filters,
  }
}

/** Filters in words. */
export function describeFilters(filters: { readonly [flag: string]: readonly string[] }): string[] {
  return Object.entries(filters).map(([flag, values]) => `${flag}: ${values.join(', ')}`)
}

/** What a reader must know of the files and lines behind the numbers. */
export function ledgerNotes(ledger: Ledger): Note[] {
  const notes = [...failureNotes(ledger), ...sourceNotes(ledger)]
  if (ledger.rejected > 0) {
    const reasons = Object.entries(countsByReason(ledger)).map(
      ([reason, count]) => `${withThousands(String(count))} ${reason}`,
    )
    const lines = ledger.rejected === 1 ? '1 line was' : `${withThousands(String(ledger.rejected))} lines were`
    notes.push({
      kind: 'warning',
      text: `${lines} rejected${ofRead(ledger.read, ledger)}: ${reasons.join(', ')}${describeFirst(ledger)}.`,
      ...(ledger.isScoped === true ? {} : { hint: 'See them all with --rejects FILE.' }),
    })
  }
  if (ledger.duplicate > 0) {
    notes.push({ kind: 'info', text: duplicateText(ledger) })
  }
  addAll(notes, differingNotes(ledger))
  if (ledger.unread !== undefined) notes.push(unreadNote(ledger.unread))
  return [...notes, ...summaryNotes(ledger), ...comparedNotes(ledger)]
}

// Of a scope, it is not said how much was read.
function ofRead(read: number, { isScoped }: Ledger): string {
  return isScoped === true ? '' : ` of ${withThousands(String(read))} read`
}

function duplicateText({ duplicate, lines }: Ledger): string {
  const count = withThousands(String(duplicate))
  if (lines !== undefined)
    return `${duplicate === 1 ? '1 event is told' : `${count} events are told`} of more than once and did not count again.`
  const repeats = duplicate === 1 ? '1 line repeats' : `${count} lines repeat`
  return `${repeats} an id from earlier in the same file and did not count again.`
}

// What was recognised is told, because a wrong guess would be wrong numbers.
function sourceNotes({ sources = [], undecided, warnings = [] }: Ledger): Note[] {
  const formats = [...new Set(sources.map(source => source.format))]
  const parts = formats.map(format => {
    const own = sources.filter(source => source.format === format)
    const files = own.reduce((sum, source) => sum + source.files, 0)
    const places = own.length === 1 ? own[0]!.place : `${own.length} places`
    return `${format} (${files === 1 ? '1 file' : `${withThousands(String(files))} files`} in ${places})`
  })
  const notes: Note[] = parts.length === 0 ? [] : [{ kind: 'info', text: `Read as ${parts.join(', ')}.` }]
  addAll(
    notes,
    warnings.map((text): Note => ({ kind: 'warning', text })),
  )
  if (undecided > 0) {
    const events = undecided === 1 ? '1 event does' : `${withThousands(String(undecided))} events do`
    notes.push({
      kind: 'info',
      text: `${events} not say whether cached tokens or reasoning are inside or beside what they are told with; they are taken to be inside.`,
    })
  }
  return notes
}

/** The files that are missing in the numbers. */
export function failureNotes({ failures }: Pick<Ledger, 'failures'>): Note[] {
  return failures.map(({ file, message, hint }) => ({
    kind: 'warning',
    text: `Incomplete: ${file} ${message}.`,
    hint,
  }))
}

function summaryNotes({ summarized }: Ledger): Note[] {
  if (summarized === undefined) return []
  const { events, days, unusedBy } = summarized
  const notes: Note[] = []
  if (events > 0) {
    const those = days === 1 ? 'of 1 day come' : `of ${withThousands(String(days))} days come`
    notes.push({
      kind: 'info',
      text: `${eventsText(events)} ${those} from summaries: they were pruned from the logs, and their lines are gone.`,
    })
  }
  return [...notes, ...unusedNotes(unusedBy, 'of the range', 'this report')]
}

// The range before is in no count of the ledger, so what its numbers lack is told apart.
function comparedNotes(ledger: Ledger): Note[] {
  const { compared } = ledger
  if (compared === undefined) return []
  const { read, rejected, unusedBy } = compared
  const lines = rejected === 1 ? '1 line was' : `${withThousands(String(rejected))} lines were`
  const text = `In the files of the period compared with, ${lines} rejected${ofRead(read, ledger)}.`
  const rejects: Note[] = rejected === 0 ? [] : [{ kind: 'warning', text }]
  return [...rejects, ...unusedNotes(unusedBy, 'of the period compared with', 'its numbers')]
}

function unusedNotes(unusedBy: UnusedBy, ofRange: string, numbers: string): Note[] {
  return UNUSED_REASONS.flatMap((reason): Note[] => {
    const count = unusedBy[reason] ?? 0
    if (count === 0) return []
    const were = count === 1 ? 'was' : 'were'
    const text =
      reason === 'beside'
        ? `${eventsText(count)} next to the range ${were} pruned: ${WHY_UNUSED[reason]}.`
        : `${eventsText(count)} ${ofRange} ${were} pruned and ${count === 1 ? 'is' : 'are'} not in ${numbers}: ${WHY_UNUSED[reason]}.`
    return [{ kind: 'warning', text }]
  })
}

function eventsText(count: number): string {
  return count === 1 ? '1 event' : `${withThousands(String(count))} events`
}

const WHY_UNUSED: Readonly<Record<UnusedReason, string>> = {
  fields:
    'their summaries have daily usage by client, user, profile, model, provider and service tier, and nothing else',
  cut: 'the range, a day of its time zone or a group begins or ends within a day of their summaries',
  prices: 'prices have since changed within a day of their summaries, or begin at another number of tokens',
  beside: 'a session that goes on there seems to begin or end within it',
  ids: 'their summaries count an id once per file, and --dedupe asks for something else',
}
