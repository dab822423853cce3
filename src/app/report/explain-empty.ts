// Why nothing matched: which logs there are, how their lines were counted, and what there is instead of what was asked for.
import { formatDay } from '../../base/calendar.ts'
import { nearestNames } from '../../base/nearest.ts'
import { withThousands } from '../../base/thousands.ts'
import { FIELD_BY_NAME } from '../../event/fields.ts'
import { daysOfFiles } from '../../log/days-of-files.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import { canReadAgain, type LogFile } from '../../log/log-file.ts'
import { namesOfOtherFiles } from '../../log/other-files.ts'
import { nameOfColumn } from '../../query/columns.ts'
import { type Condition, compileTest } from '../../query/condition.ts'
import { countsByReason, type Ledger } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import type { EventFilter, LogRequest, LogSource } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'

const VALUES_SHOWN = 8
/** A part of the lines that may be why nothing matched. */
const MANY_REJECTS = 0.1

/** What was read for nothing. */
export interface EmptyAnswer {
  /** All log files that there are, chosen or not. */
  readonly files: readonly LogFile[]
  readonly ledger: Ledger
  /** The kinds of events that were counted. */
  readonly kinds: Query['kinds']
}

/** Sentences for a person. Who may see only some of the events learns of these alone, and nothing of the logs around them. */
export async function explainEmpty(request: LogRequest, { files, ledger, kinds }: EmptyAnswer): Promise<string[]> {
  const isScoped = request.filter.scope !== undefined
  const lines = isScoped ? ['Nothing matched.'] : describeLogs(request, files, ledger)
  const rangeLines = isScoped ? [] : explainRange(request.filter, files, ledger)
  const isReadable = files.length > 0 && files.every(canReadAgain)
  // Where some events passed for their kind, it is not the kinds.
  if (ledger.other > 0 && ledger.filtered === 0)
    lines.push(await explainKinds(request, files, ledger, kinds, isReadable))
  if (!isReadable || ledger.rejected === ledger.read) return [...lines, ...rangeLines]
  for (const condition of request.filter.conditions.filter(hasValues)) {
    const line = await explainCondition(condition, request, kinds, files)
    if (line !== undefined) lines.push(line)
  }
  return lines.length > 1 ? lines : [...lines, ...rangeLines]
}

function describeLogs(request: LogRequest, files: readonly LogFile[], ledger: Ledger): string[] {
  const start = `Nothing matched. ${describeFiles(request, files)}`
  return [start, ...explainOtherFiles(request.logs, files), ...explainRejects(ledger)]
}

function describeFiles(request: LogRequest, files: readonly LogFile[]): string {
  const places = placesText(request.logs)
  if (files.length === 0) return `There are no log files (*.jsonl) in ${places}: put some there, or use --logs PATH.`
  if (files.every(file => file.path === '-')) return 'The logs came from standard input.'
  const days = daysOfFiles(files)
  const count = files.length === 1 ? '1 log file' : `${files.length} log files`
  if (days === undefined)
    return `There ${files.length === 1 ? 'is' : 'are'} ${count} in ${places}, without a date in the name.`
  const [first, last] = [formatDay(days.first), formatDay(days.last)]
  const span = first === last ? `of ${first}` : `from ${first} to ${last}`
  return `There ${files.length === 1 ? 'is' : 'are'} ${count} ${span} in ${places}.`
}

function placesText({ places, tallies }: LogSource): string {
  if (tallies !== undefined) return tallies.join(', ')
  return places.map(place => (place.path === '-' ? 'standard input' : place.path)).join(', ')
}

// Files that are no logs by name, as app.log beside 2026-01-05.jsonl: they may be what was meant.
function explainOtherFiles({ places, cwd }: LogSource, files: readonly LogFile[]): string[] {
  const names = namesOfOtherFiles(places, cwd)
  if (names.length === 0) return []
  const where = `${files.length === 0 ? 'There' : 'Beside them'} ${names.length === 1 ? 'is' : 'are'}`
  const shown = names.slice(0, VALUES_SHOWN).join(', ') + moreText(names.length - VALUES_SHOWN)
  return [`${where} ${shown}, not read because logs are named *.jsonl. To read one anyway, name it with --logs.`]
}

function explainRejects(ledger: Ledger): string[] {
  const { read, rejected, problems } = ledger
  if (rejected === 0 || rejected < read * MANY_REJECTS) return []
  const reasons = Object.entries(countsByReason(ledger)).map(([reason, count]) => `${countText(count)} ${reason}`)
  const first = problems[0] === undefined ? '' : `, the first at ${problems[0].file}:${problems[0].line}`
  const which =
    rejected === read
      ? read === 1
        ? 'The only line'
        : `All ${countText(read)} lines`
      : `${countText(rejected)} of ${countText(read)} lines`
  const verb = rejected === 1 ? 'was' : 'were'
  return [`${which} ${verb} rejected: ${reasons.join(', ')}${first}. See them with --rejects FILE.`]
}

async function explainKinds(
  request: LogRequest,
  files: readonly LogFile[],
  { other, read }: Ledger,
  kinds: Query['kinds'],
  isReadable: boolean,
): Promise<string> {
  const which = other === read ? 'All' : `${countText(other)} of the`
  const start = `${which} ${countText(read)} ${read === 1 ? 'line is' : 'lines are'} of kinds that this report does not count`
  const found = isReadable ? await valuesOf('event', request, 'all', chooseFiles(files, request.filter.range)) : []
  const names = found.flatMap(({ text, count }) => (text === null ? [] : [`${text} (${countText(count)})`]))
  const shown =
    names.length === 0 ? '' : `: ${names.slice(0, VALUES_SHOWN).join(', ')}${moreText(names.length - VALUES_SHOWN)}`
  const hint =
    kinds === 'usage'
      ? `Count them with --event ${found.find(({ text }) => text !== null)?.text ?? 'KIND'}`
      : 'See them with "usagebook events"'
  return `${start}${shown}. ${hint}.`
}

function explainRange(
  { range }: EventFilter,
  files: readonly LogFile[],
  { read, rejected, filtered }: Ledger,
): string[] {
  if (files.length === 0) return []
  const hint = 'Ask for another range, or leave the range out to see all there is.'
  const isRange = range.from !== null || range.to !== null
  if (isRange && chooseFiles(files, range).length === 0) return [`The range is outside the days of the logs. ${hint}`]
  if (read === 0) return ['They are empty.']
  return isRange && filtered > 0 && filtered + rejected === read ? [hint] : []
}

function hasValues(condition: Condition): boolean {
  const kind = FIELD_BY_NAME.get(condition.column)?.kind
  return kind === undefined || kind === 'text' || kind === 'error'
}

async function explainCondition(
  condition: Condition,
  request: LogRequest,
  kinds: Query['kinds'],
  files: readonly LogFile[],
): Promise<string | undefined> {
  const { column } = condition
  const values = await valuesOf(column, request, column === 'event' ? 'all' : kinds, files)
  const test = compileTest(condition.test)
  if (values.some(({ text }) => test(text ?? undefined))) return undefined
  const named = values.flatMap(({ text }) => (text === null ? [] : [text]))
  // An event without a kind is an analysis too.
  const texts = [...new Set(named)]
  const name = nameOfColumn(column)
  if (texts.length === 0) return `No event has a ${name}.`
  const asked = condition.test.kind === 'patterns' ? condition.test.accept : []
  const near = asked.flatMap(value => nearestNames(value, texts))
  const shown = [...new Set([...near, ...texts])].slice(0, VALUES_SHOWN)
  return `No event has ${name} ${asked.map(value => JSON.stringify(value)).join(' or ') || 'like that'}. There are: ${shown.join(', ')}${moreText(texts.length - shown.length)}.`
}

// The values in all logs, whatever the range and the filters, the most frequent first.
async function valuesOf(
  column: string,
  { logs, filter, engine }: LogRequest,
  kinds: Query['kinds'],
  files: readonly LogFile[],
): Promise<{ text: string | null; count: number }[]> {
  const query = {
    range: { from: null, to: null },
    timezone: filter.zone.name,
    logTimezone: logs.logTimezone,
    kinds,
    scope: filter.scope,
    conditions: [],
    dedupe: 'off' as const,
    cuts: NO_CUTS,
    extras: filter.extras,
    groupBys: [{ name: 'values', keys: [column], sums: ['analyses'], hasDurations: false, hasExtent: false }],
  }
  const { formatOf, openStdin } = logs
  const tally = await openEngine(engine).run({ query, files, formatOf, openStdin, hooks: {} })
  const table = tally.tables.get('values')!
  const values = Array.from({ length: table.size }, (_, slot) => ({
    text: table.keyOf(slot, 0) as string | null,
    count: Number(table.sums[0]!.get(slot)),
  }))
  return values.sort((a, b) => b.count - a.count)
}

function moreText(count: number): string {
  return count > 0 ? ` and ${count} more` : ''
}

function countText(count: number): string {
  return withThousands(String(count))
}
