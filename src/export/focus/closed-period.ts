// A period of FOCUS that is closed, as text and back: its rows with all their digits, and what else its file says.
import { type Decimal, formatDecimal, parseDecimal } from '../../base/decimal.ts'
import { type FocusFile, type FocusUsage, meterNamed } from './focus-rows.ts'

/** What a file says that the rows of another day or another price book would not. */
export interface FocusSource extends Pick<FocusFile, 'prices' | 'ledger'> {
  /** By the clients of the rows. */
  readonly names: { readonly [client: string]: string }
}

export interface ClosedPeriod {
  readonly firstDay: number
  readonly lastDay: number
  readonly source: FocusSource
  readonly rows: readonly FocusUsage[]
}

const SCHEMA = 'usagebook/focus-period@1'

type Row = readonly [
  day: number,
  texts: readonly [client: string | null, profile: string | null, model: string | null],
  tags: readonly (string | null)[],
  sku: readonly [provider: string, serviceTier: string, meter: string, source: FocusUsage['source']],
  unitPrice: string | null,
  count: string,
  cost: string,
  isCorrection: 0 | 1,
]

/** A line about the period, then a line a row. */
export function closedPeriodText({ rows, ...about }: ClosedPeriod): string {
  return [{ schema: SCHEMA, ...about }, ...rows.map(rowOf)].map(line => `${JSON.stringify(line)}\n`).join('')
}

export function parseClosedPeriod(text: string): ClosedPeriod {
  const [about, ...rows] = text.trimEnd().split('\n')
  const { firstDay, lastDay, source } = JSON.parse(about!) as ClosedPeriod
  return { firstDay, lastDay, source, rows: rows.map(row => usageOf(JSON.parse(row) as Row)) }
}

function rowOf(usage: FocusUsage): Row {
  const { day, client, profile, model, tags, provider, serviceTier, meter, source, unitPrice, count, cost } = usage
  return [
    day,
    [client, profile, model],
    tags,
    [provider, serviceTier, meter.name, source],
    unitPrice === undefined ? null : formatDecimal(unitPrice),
    String(count),
    formatDecimal(cost),
    usage.isCorrection === true ? 1 : 0,
  ]
}

function usageOf(row: Row): FocusUsage {
  const [day, [client, profile, model], tags, [provider, serviceTier, meter, source], unitPrice, count, cost] = row
  return {
    day,
    client,
    profile,
    model,
    tags,
    provider,
    serviceTier,
    meter: meterNamed(meter)!,
    source,
    unitPrice: unitPrice === null ? undefined : decimalOf(unitPrice),
    count: BigInt(count),
    cost: decimalOf(cost),
    ...(row[7] === 1 ? { isCorrection: true } : {}),
  }
}

function decimalOf(text: string): Decimal {
  return parseDecimal(text)!
}
