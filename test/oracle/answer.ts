// The oracle's answers: the rows of a group-by and of the usage report, with every measure that prices and sums make.

import { type LogFile, type OracleEvent, sumOf, sumOfCosts } from './events.ts'
import { against, divided, type Exact, NOTHING, plus, readNumber, whole, write } from './numbers.ts'
import { type CostMode, costOf } from './prices.ts'
import {
  type Found,
  find,
  groupOf,
  isNumber,
  isUnit,
  type Kinds,
  type Question,
  type Range,
  stretches,
} from './question.ts'

/** A value of a row as its text; null for none. */
export type Cell = string | null
export type Row = Readonly<Record<string, Cell>>

export interface ReportQuestion extends Question {
  readonly cost: CostMode
  readonly compared: Range | null
  /** The range beside `compared`. */
  readonly rangeWhenCompared: Range
  /** The first day of the logs, which the prices go by. */
  readonly first: string
}

type Priced = Pick<ReportQuestion, 'cost' | 'first'>

interface Sums {
  readonly events: readonly OracleEvent[]
  readonly analyses: number
  readonly cost: Exact | null
}

function sums(events: readonly OracleEvent[], asked: Priced): Sums {
  const costs = events.map(event => costOf(event, asked.cost, asked.first)).filter(cost => cost !== undefined)
  const isUnknown = costs.length === 0 && events.some(event => event.isUsage)
  return { events, analyses: events.length, cost: isUnknown ? null : sumOfCosts(costs) }
}

function share(part: Sums, total: Sums, asked: Priced): Cell {
  if (asked.cost === 'none' || total.cost === null || total.cost.top === 0n) return ratio(part.analyses, total.analyses)
  return part.cost === null ? null : write(divided(part.cost, total.cost, 4))
}

function ratio(part: number, all: number): Cell {
  return all === 0 ? null : write(divided(whole(part), whole(all), 4))
}

/** The measures of some events by their JSON keys; `meanDurationMs` to the microsecond, without quantiles. */
function measures(part: Sums, total: Sums, asked: Priced, before: Sums | null | undefined): Row {
  const { events, analyses } = part
  const errors = events.filter(event => event.isError).length
  const sum = (name: string) => String(sumOf(events, name))
  const durations = events.map(({ duration }) => duration).filter(duration => duration !== undefined)
  const logged = asked.cost === 'estimated' ? 0 : events.filter(event => event.cost !== undefined).length
  const priced = events.filter(event => costOf(event, asked.cost, asked.first) !== undefined).length
  const money: Row =
    asked.cost === 'none'
      ? {}
      : {
          costUsd: part.cost === null ? null : write(part.cost),
          costSource: priced === 0 ? 'none' : priced === logged ? 'logged' : logged === 0 ? 'estimated' : 'mixed',
          unpricedAnalyses: String(events.filter(event => event.isUsage).length - priced),
        }
  const earlier: Row =
    before === undefined
      ? {}
      : {
          'previous.analyses': String(before?.analyses ?? 0),
          ...(asked.cost === 'none'
            ? {}
            : { 'previous.costUsd': before === null ? '0' : before.cost === null ? null : write(before.cost) }),
        }
  return {
    analyses: String(analyses),
    checks: sum('checks'),
    errors: String(errors),
    errorRate: ratio(errors, analyses),
    inputTokens: sum('input_tokens'),
    cacheReadTokens: sum('cache_read_tokens'),
    cacheWriteTokens: sum('cache_write_tokens'),
    outputTokens: sum('output_tokens'),
    totalTokens: sum('total_tokens'),
    ...money,
    meanDurationMs:
      durations.length === 0 ? null : write(divided(durations.reduce(plus, NOTHING), whole(durations.length), 6)),
    share: share(part, total, asked),
    ...earlier,
  }
}

export interface Table {
  readonly rows: readonly { readonly keys: readonly Cell[]; readonly row: Row }[]
  readonly total: Row
  readonly found: Found
}

/** The rows of a group-by in their order, or sorted by a measure, or by `key NAME`. */
export function groupTable(
  files: readonly LogFile[],
  question: ReportQuestion,
  names: readonly string[],
  sort: string | null,
  top: number | null,
  kinds: Kinds = 'usage',
  counts: (event: OracleEvent) => boolean = () => true,
): Table {
  const whole = find(files, question, kinds)
  const found = { ...whole, events: whole.events.filter(counts) }
  const before = question.compared === null ? null : find(files, { ...question, range: question.compared }, 'usage')
  const total = sums(found.events, question)
  const groups = byKeys(found.events, names, question)
  const past = before === null ? null : byKeys(before.events, names, question)
  if (names.length === 1 && isUnit(names[0]!)) {
    for (const stretch of stretches(names[0]!, found.events, question)) {
      const text = JSON.stringify([stretch])
      if (!groups.has(text)) groups.set(text, [])
    }
  }
  for (const text of past?.keys() ?? []) if (!groups.has(text)) groups.set(text, [])
  const entries = [...groups].map(([text, events]): Entry => {
    const old = past === null ? undefined : past.has(text) ? sums(past.get(text)!, question) : null
    const part = sums(events, question)
    return { keys: JSON.parse(text) as Cell[], part, row: measures(part, total, question, old) }
  })
  const ordered = order(entries, names, question, sort)
  const isByTime = isUnit(names[0]!) && sort === null
  const kept =
    top === null ? ordered : isByTime ? ordered.slice(Math.max(0, ordered.length - top)) : ordered.slice(0, top)
  const timeAt = names.findIndex(isUnit)
  const shown = sort === null && timeAt > 0 ? inTime(kept, ordered, names, timeAt, question) : kept
  return { rows: shown, total: measures(total, total, question, undefined), found }
}

interface Entry {
  readonly keys: readonly Cell[]
  readonly part: Sums
  readonly row: Row
}

function byKeys(
  events: readonly OracleEvent[],
  names: readonly string[],
  question: Question,
): Map<string, OracleEvent[]> {
  const groups = new Map<string, OracleEvent[]>()
  for (const event of events) {
    const text = JSON.stringify(names.map(name => groupOf(event, name, question)))
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [event])
    else group.push(event)
  }
  return groups
}

function order(
  entries: readonly Entry[],
  names: readonly string[],
  asked: ReportQuestion,
  sort: string | null,
): Entry[] {
  const byKey = (a: Entry, b: Entry) => keyOrder(a, b, names)
  const plain = (a: Entry, b: Entry) => sumOrder(a.part, b.part, asked) || byKey(a, b)
  if (sort === null) return [...entries].sort(isUnit(names[0]!) ? byKey : plain)
  const ordered = [...entries].sort(plain)
  const key = /^key (.*)$/s.exec(sort)?.[1]
  if (key !== undefined) return ordered.sort((a, b) => keyOrder(a, b, names, names.indexOf(key)))
  return ordered.sort((a, b) => cellOrder(a.row[sort]!, b.row[sort]!))
}

// What stands before a time is together, by the cost of all of its rows; within it, in order of time.
function inTime(
  kept: readonly Entry[],
  all: readonly Entry[],
  names: readonly string[],
  timeAt: number,
  asked: ReportQuestion,
): Entry[] {
  const before = ({ keys }: Entry) => JSON.stringify(keys.slice(0, timeAt))
  const whole = (entry: Entry) =>
    sums(
      all.filter(one => before(one) === before(entry)).flatMap(({ part }) => part.events),
      asked,
    )
  return [...kept]
    .map(entry => ({ entry, sum: whole(entry) }))
    .sort((a, b) => sumOrder(a.sum, b.sum, asked) || keyOrder(a.entry, b.entry, names))
    .map(({ entry }) => entry)
}

function sumOrder(a: Sums, b: Sums, asked: Priced): number {
  const money =
    asked.cost === 'none'
      ? 0
      : a.cost === null || b.cost === null
        ? a.cost === b.cost
          ? 0
          : a.cost === null
            ? 1
            : -1
        : against(b.cost, a.cost)
  return money || b.analyses - a.analyses
}

function keyOrder(a: Entry, b: Entry, names: readonly string[], only?: number): number {
  for (const [index, name] of names.entries()) {
    if (only !== undefined && only !== index) continue
    const [left = null, right = null] = [a.keys[index], b.keys[index]]
    if (left === right) continue
    if (left === null || right === null) return left === null ? 1 : -1
    if (isNumber(name)) {
      const numbers = against(readNumber(left)!, readNumber(right)!)
      if (numbers !== 0) return numbers
    } else return name === 'hour' ? Date.parse(left) - Date.parse(right) : left < right ? -1 : 1
  }
  return 0
}

function cellOrder(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const [left, right] = [readNumber(a), readNumber(b)]
  if (left === undefined || right === undefined) return a < b ? -1 : a > b ? 1 : 0
  return against(right, left)
}
