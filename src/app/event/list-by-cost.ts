// Single events by what they cost: the dearest first, or those whose cost meets a condition. Every event of the range is priced.
import { compareDecimals, type Decimal } from '../../base/decimal.ts'
import type { RunHooks, RunRequest } from '../../engine/engine.ts'
import { streamEvents } from '../../engine/local/stream-events.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import type { EventsRequest } from '../request/requests.ts'
import { compileCostTests, type EventCosts } from './event-costs.ts'
import type { AcceptedLine } from './events-of-lines.ts'

interface Entry {
  readonly cost: Decimal
  readonly instant: number
  readonly file: number
  readonly line: number
  readonly bytes: Uint8Array
}

export interface CostPage {
  readonly lines: readonly AcceptedLine[]
  readonly ledger: Ledger
  readonly firstInstant: number
  readonly lastInstant: number
}

/** The lines of a page, and the ledger of all: what has another cost was filtered out. */
export async function readByCost(
  request: EventsRequest,
  files: readonly LogFile[],
  query: Query,
  costs: EventCosts,
  counted: NonNullable<RunRequest['counted']>,
  hooks: RunHooks,
): Promise<CostPage> {
  const { page, logs } = request
  const order = page.sort === 'cost' ? byCost : page.order === 'newest' ? newestFirst : oldestFirst
  const kept = new FirstEntries(page.offset + page.limit, order)
  const isWanted = compileCostTests(page.costTests ?? [])
  const numbers = new Map(files.map((file, index) => [file, index]))
  const priced = costs.priced(query)
  const rowsOf = costs.openRows(priced)
  let [firstInstant, lastInstant, used] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  const { formatOf, openStdin } = logs
  const ledger = await streamEvents({ query: priced, files, formatOf, openStdin, hooks, counted }, (judged, file) => {
    const rows = rowsOf(judged)
    for (let index = 0; index < judged.used; index++) {
      const row = judged.rows[index]!
      const cost = rows.of(row)
      if (!isWanted(cost)) continue
      const instant = judged.instants[row]!
      firstInstant = Math.min(firstInstant, instant)
      lastInstant = Math.max(lastInstant, instant)
      used++
      // What has no price stands behind what is free.
      const place = { cost: cost ?? UNKNOWN, instant, file: numbers.get(file)!, line: judged.batch.lines[row]! }
      kept.add(place, () => Uint8Array.from(judged.batch.lineBytesOf(row)))
    }
  })
  ledger.filtered += ledger.used - used
  ledger.used = used
  const lines = kept.take(page.offset).map(({ file, bytes }) => ({ file: files[file]!, bytes }))
  return { lines, ledger, firstInstant, lastInstant }
}

const UNKNOWN: Decimal = { units: -1n, scale: 0 }

type Place = Omit<Entry, 'bytes'>
type Order = (a: Place, b: Place) => number

const oldestFirst: Order = (a, b) => a.instant - b.instant || a.file - b.file || a.line - b.line
const newestFirst: Order = (a, b) => oldestFirst(b, a)
const byCost: Order = (a, b) => compareDecimals(b.cost, a.cost) || newestFirst(a, b)

/** The first of many that come in any order; no more than twice as many are kept. */
class FirstEntries {
  private readonly limit: number
  private readonly order: Order
  private kept: Entry[] = []
  /** Behind it, nothing is among the first any more. */
  private last: Place | undefined

  constructor(limit: number, order: Order) {
    this.limit = limit
    this.order = order
  }

  add(place: Place, bytesOf: () => Uint8Array): void {
    if (this.limit === 0 || (this.last !== undefined && this.order(place, this.last) > 0)) return
    this.kept.push({ ...place, bytes: bytesOf() })
    if (this.kept.length >= 2 * this.limit + 64) this.prune()
  }

  take(offset: number): Entry[] {
    this.prune()
    return this.kept.slice(offset)
  }

  private prune(): void {
    this.kept.sort(this.order)
    this.kept.length = Math.min(this.kept.length, this.limit)
    if (this.kept.length === this.limit) this.last = this.kept.at(-1)
  }
}
