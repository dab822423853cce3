// An event that was made from another tool's line, as a line of its own: fields under their own names, tokens that were counted
// separately added to their totals, all digits kept.
import { formatDecimal, makeDecimal } from '../base/decimal.ts'
import { formatText } from '../base/json.ts'
import type { TokenSums } from '../event/token-sums.ts'
import type { LineValues } from '../scan/read-line.ts'
import type { EventTime } from './source.ts'

const INPUTS = ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens', 'tool_use_tokens']
const CACHE_READS = ['cache_read_tokens', 'cache_read_input_tokens']
const CACHE_WRITES = ['cache_write_tokens', 'cache_creation_input_tokens', 'cache_write_1h_tokens']
const OUTPUTS = ['output_tokens', 'thoughts_tokens']
const REASONING = ['reasoning_tokens', 'thoughts_tokens']
/** As they are. */
const COUNTS = ['cache_write_1h_tokens', 'total_tokens', 'checks', 'requests']
/** What is written as a number is not written as a text too. */
const NUMBERS = new Set([
  ...['input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens'],
  ...[...COUNTS, 'cost_usd', 'duration_ms'],
])

/**
 * The line without its time and its first brace: `"client":"diageo",…}`. Written part by part, since an object for each line
 * takes longer than to parse it.
 */
export function bodyOf({ id, texts, numbers, cost }: LineValues, sums: TokenSums): string {
  const parts: string[] = []
  const add = (name: string, value: string | number) => parts.push(`"${name}":${value}`)
  const addSum = (name: string, sum: number, given: readonly string[]) => {
    if (given.some(each => numbers.has(each))) add(name, sum)
  }
  if (id !== undefined) add('id', formatText(id))
  for (const [name, text] of texts) if (!NUMBERS.has(name)) parts.push(`${formatText(name)}:${formatText(text)}`)
  addSum('input_tokens', sums.input, INPUTS)
  addSum('cache_read_tokens', sums.cacheRead, CACHE_READS)
  addSum('cache_write_tokens', sums.cacheWrite, CACHE_WRITES)
  addSum('output_tokens', sums.output, OUTPUTS)
  addSum('reasoning_tokens', sums.reasoning, REASONING)
  for (const name of COUNTS) if (numbers.has(name)) add(name, numbers.get(name)!)
  if (cost !== undefined) add('cost_usd', formatDecimal(cost))
  const duration = numbers.get('duration_ms')
  if (duration !== undefined) add('duration_ms', formatDecimal(makeDecimal(BigInt(duration), MICRO_DIGITS)))
  return `${parts.join(',')}}`
}

const MICRO_DIGITS = 3

/** The whole line, with its newline. */
export function lineOf(time: EventTime, body: string): string {
  if (time === undefined) return `{${body}\n`
  const text = new Date(time.ms).toISOString()
  const written = time.isDay ? text.slice(0, 10) : time.isNaive ? text.slice(0, -1) : text
  return `{"timestamp":"${written}"${body === '}' ? '' : ','}${body}\n`
}
