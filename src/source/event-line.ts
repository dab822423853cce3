// An event that was made from another tool's line, as a line of its own: fields under their own names, tokens that were counted
// separately added to their totals, all digits kept.
import { type Decimal, formatDecimal, makeDecimal } from '../base/decimal.ts'
import { formatJson, type JsonValue } from '../base/json.ts'
import type { TokenSums } from '../event/token-sums.ts'
import type { LineValues } from '../scan/read-line.ts'
import type { EventTime } from './source.ts'

/** The line without its time and its first brace: `"client":"diageo",…}`. */
export function bodyOf({ id, texts, numbers, cost }: LineValues, sums: TokenSums): string {
  const has = (...names: string[]) => names.some(name => numbers.has(name))
  const token = (value: number, ...names: string[]) => (has(...names) ? value : undefined)
  const duration = numbers.get('duration_ms')
  const fields: { [name: string]: JsonValue | undefined } = {
    ...(id === undefined ? {} : { id }),
    ...Object.fromEntries(texts),
    input_tokens: token(
      sums.input,
      'input_tokens',
      'cache_read_input_tokens',
      'cache_creation_input_tokens',
      'tool_use_tokens',
    ),
    cache_read_tokens: token(sums.cacheRead, 'cache_read_tokens', 'cache_read_input_tokens'),
    cache_write_tokens: token(
      sums.cacheWrite,
      'cache_write_tokens',
      'cache_creation_input_tokens',
      'cache_write_1h_tokens',
    ),
    cache_write_1h_tokens: numbers.get('cache_write_1h_tokens'),
    output_tokens: token(sums.output, 'output_tokens', 'thoughts_tokens'),
    reasoning_tokens: token(sums.reasoning, 'reasoning_tokens', 'thoughts_tokens'),
    total_tokens: numbers.get('total_tokens'),
    checks: numbers.get('checks'),
    requests: numbers.get('requests'),
    cost_usd: cost,
    duration_ms: duration === undefined ? undefined : makeDecimal(BigInt(duration), 3),
  }
  return formatJson(fields, 0).slice(1)
}

/** The whole line, with its newline. */
export function lineOf(time: EventTime, body: string): string {
  if (time === undefined) return `{${body}\n`
  const text = new Date(time.ms).toISOString()
  const written = time.isDay ? text.slice(0, 10) : time.isNaive ? text.slice(0, -1) : text
  return `{"timestamp":"${written}"${body === '}' ? '' : ','}${body}\n`
}

export function costText(cost: Decimal | undefined): string {
  return cost === undefined ? '' : formatDecimal(cost)
}
