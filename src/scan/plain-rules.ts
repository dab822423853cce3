// What a format does with the values of a line once all are read: rules for certain lines, times in UTC, and whether cached
// tokens and reasoning are included in the input and output or counted separately.
import { type Decimal, parseDecimal } from '../base/decimal.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import type { Counting, PlainRules } from '../event/source-format.ts'
import type { JsonObject } from './json-object.ts'
import { isTrueOf } from './line-object.ts'

/** What the rules change. */
export interface RuledValues {
  time: { ms: number; isNaive: boolean; isDay: boolean } | undefined
  texts: Map<string, string>
  numbers: Map<string, number>
  cost: Decimal | undefined
  /** Whether the line does not say if something is inside or beside. */
  isUndecided?: boolean
}

export function applyRules(object: JsonObject, values: RuledValues, plain: PlainRules): void {
  for (const { conditions, set, unset } of plain.rules) {
    if (!conditions.every(condition => isTrueOf(object, condition))) continue
    for (const name of unset) unsetField(values, name)
    for (const [name, text] of set) setField(values, name, text)
  }
  const { time } = values
  if (plain.isUtc && time?.isNaive === true && !time.isDay) values.time = { ...time, isNaive: false }
  if (!placeParts(values.numbers, plain.cache, plain.reasoning)) values.isUndecided = true
}

function unsetField(values: RuledValues, name: string): void {
  if (FIELD_BY_NAME.get(name)?.kind === 'cost') values.cost = undefined
  values.texts.delete(name)
  values.numbers.delete(name)
}

function setField(values: RuledValues, name: string, text: string): void {
  const kind = FIELD_BY_NAME.get(name)?.kind
  if (kind === 'cost') values.cost = parseDecimal(text)
  else if (kind === 'text' || kind === 'error') values.texts.set(name, text)
  else values.numbers.set(name, Number(text))
}

// Moves what is counted beside something to where that is added to it. False where a line does not say whether it is.
function placeParts(numbers: Map<string, number>, cache: Counting, reasoning: Counting): boolean {
  const count = (name: string) => numbers.get(name) ?? 0
  const cached = count('cache_read_tokens') + (numbers.get('cache_write_tokens') ?? count('cache_write_1h_tokens'))
  const thought = count('reasoning_tokens')
  if (cached === 0 && thought === 0) return true
  const rest = (numbers.get('total_tokens') ?? Number.NaN) - count('input_tokens') - count('output_tokens')
  const caches = choicesOf(cache, cached, count('input_tokens'))
  const thoughts = choicesOf(reasoning, thought, count('output_tokens'))
  const possible = caches.flatMap(isCacheBeside =>
    thoughts.map(isThoughtBeside => ({ isCacheBeside, isThoughtBeside })),
  )
  const fitting = possible.filter(
    ({ isCacheBeside, isThoughtBeside }) => (isCacheBeside ? cached : 0) + (isThoughtBeside ? thought : 0) === rest,
  )
  const [one] = possible.length > 1 && fitting.length === 1 ? fitting : possible
  if (one!.isCacheBeside) moveCaches(numbers)
  if (one!.isThoughtBeside) {
    move(numbers, 'reasoning_tokens', 'thoughts_tokens')
    numbers.set('thoughts_beside', 1)
  }
  return possible.length === 1 || fitting.length === 1
}

// Whether a part may be beside its whole; inside first.
function choicesOf(counting: Counting, part: number, whole: number): readonly boolean[] {
  if (counting === 'inside' || part === 0) return [false]
  return counting === 'beside' || part > whole ? [true] : [false, true]
}

function moveCaches(numbers: Map<string, number>): void {
  move(numbers, 'cache_read_tokens', 'cache_read_input_tokens')
  move(numbers, 'cache_write_tokens', 'cache_creation_input_tokens')
  const hour = numbers.get('cache_write_1h_tokens')
  if (hour !== undefined && !numbers.has('cache_creation_input_tokens'))
    numbers.set('cache_creation_input_tokens', hour)
}

function move(numbers: Map<string, number>, from: string, to: string): void {
  const value = numbers.get(from)
  if (value === undefined) return
  numbers.delete(from)
  numbers.set(to, value)
}
