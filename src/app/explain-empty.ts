// Why nothing matched: which logs there are, and for each filter that matched nothing, the values that there are.
import { formatDay } from '../base/calendar.ts'
import { nearestNames } from '../base/nearest.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import type { LogFile } from '../log/log-file.ts'
import { nameOfColumn } from '../query/columns.ts'
import { type Condition, compileTest } from '../query/condition.ts'
import type { Query } from '../query/query.ts'
import { NO_CUTS } from '../query/rate-cuts.ts'
import { openEngine } from './open-engine.ts'
import type { LogRequest } from './run-report.ts'

const VALUES_SHOWN = 8

/** Sentences for a person; `kinds` are those that were counted. */
export async function explainEmpty(
  request: LogRequest,
  kinds: Query['kinds'],
  files: readonly LogFile[],
): Promise<string[]> {
  const isFromStdin = files.some(file => file.path === '-')
  const lines = [`Nothing matched. ${describeFiles(request, files)}`]
  if (files.length === 0 || isFromStdin) return lines
  for (const condition of request.conditions.filter(hasValues)) {
    const line = await explainCondition(condition, request, kinds, files)
    if (line !== undefined) lines.push(line)
  }
  if (lines.length === 1 && request.range.from !== null) {
    lines.push('Ask for another range, or leave the range out to see all there is.')
  }
  return lines
}

function describeFiles(request: LogRequest, files: readonly LogFile[]): string {
  const places = request.places.map(place => (place.path === '-' ? 'standard input' : place.path)).join(', ')
  if (files.length === 0) return `There are no log files (*.jsonl) in ${places}: put some there, or say --logs PATH.`
  if (files.every(file => file.path === '-')) return 'The logs came from standard input.'
  const days = files.flatMap(file => (file.day === null ? [] : [file.day])).sort((a, b) => a - b)
  const count = files.length === 1 ? '1 log file' : `${files.length} log files`
  if (days.length === 0)
    return `There ${files.length === 1 ? 'is' : 'are'} ${count} in ${places}, without a date in the name.`
  const [first, last] = [formatDay(days[0]!), formatDay(days.at(-1)!)]
  const span = first === last ? `of ${first}` : `from ${first} to ${last}`
  return `There ${files.length === 1 ? 'is' : 'are'} ${count} ${span} in ${places}.`
}

function hasValues(condition: Condition): boolean {
  const kind = FIELD_BY_NAME.get(condition.column)?.kind
  return kind === undefined || kind === 'text' || kind === 'error'
}

// The values in all logs, whatever the range, that the other filters let through or not.
async function explainCondition(
  condition: Condition,
  request: LogRequest,
  kinds: Query['kinds'],
  files: readonly LogFile[],
): Promise<string | undefined> {
  const { column } = condition
  const query = {
    range: { from: null, to: null },
    timezone: request.zone.name,
    logTimezone: request.logTimezone,
    kinds: column === 'event' ? ('all' as const) : kinds,
    conditions: [],
    dedupe: 'off' as const,
    cuts: NO_CUTS,
    extras: request.extras,
    groupBys: [{ name: 'values', keys: [column], sums: ['analyses'], hasDurations: false, hasExtent: false }],
  }
  const tally = await openEngine(request.engine).run({
    query,
    files,
    formatOf: request.formatOf,
    openStdin: request.openStdin,
    hooks: {},
  })
  const table = tally.tables.get('values')!
  const test = compileTest(condition.test)
  const values = Array.from({ length: table.size }, (_, slot) => ({
    text: table.keyOf(slot, 0) as string | null,
    count: Number(table.sums[0]!.get(slot)),
  }))
  const isMatched = values.some(({ text }) => test(text ?? undefined))
  if (isMatched) return undefined
  const named = values.sort((a, b) => b.count - a.count).flatMap(({ text }) => (text === null ? [] : [text]))
  // An event without a kind is an analysis too.
  const texts = [...new Set(named)]
  const name = nameOfColumn(column)
  if (texts.length === 0) return `No event has a ${name}.`
  const asked = condition.test.kind === 'patterns' ? condition.test.accept : []
  const near = asked.flatMap(value => nearestNames(value, texts))
  const shown = [...new Set([...near, ...texts])].slice(0, VALUES_SHOWN)
  const more = texts.length > shown.length ? ` and ${texts.length - shown.length} more` : ''
  return `No event has ${name} ${asked.map(value => JSON.stringify(value)).join(' or ') || 'like that'}. There are: ${shown.join(', ')}${more}.`
}
