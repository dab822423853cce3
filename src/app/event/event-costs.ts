// What single events cost: as the log says, or by the price book, as in reports.
import { addDecimals, type Decimal, formatDecimal, makeDecimal } from '../../base/decimal.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import { PICO_SCALE } from '../../pricing/rate.ts'
import { compileTest, type TextTest } from '../../query/condition.ts'
import type { Query } from '../../query/query.ts'
import type { ListedEvent } from '../../report/event/event-object.ts'
import type { Judged } from '../../tally/judged.ts'
import { Tallier } from '../../tally/tallier.ts'
import { openPrices, pricingOf } from '../workspace/open-prices.ts'

export interface RowCosts {
  /** Null where the event has no price, or nothing that could have one. */
  of(row: number): Decimal | null
  /** Whether that is by the price book. */
  isEstimated(row: number): boolean
}

export interface EventCosts {
  /** The query with what has to be read so that its events have a price. */
  priced(query: Query): Query
  /** For the rows of such a query, a batch at a time. */
  openRows(query: Query): (judged: Judged) => RowCosts
}

export async function openEventCosts(workspaceRoot: string): Promise<EventCosts> {
  const book = await openPriceBook(workspaceRoot)
  const pricing = pricingOf(book, 'auto')
  const priceOf = openPrices(pricing)
  return {
    priced: query => ({ ...query, pricing, cuts: book.cuts }),
    openRows(query) {
      const tallier = new Tallier(query, priceOf)
      return judged => {
        const costOf = tallier.costsOfRows(judged)!
        return {
          of: row => {
            const { loggedCosts, estimatedCosts, costPicoUsd, rest } = costOf(row)
            const isPriced = loggedCosts + estimatedCosts > 0
            return isPriced ? addDecimals(makeDecimal(BigInt(costPicoUsd), PICO_SCALE), rest) : null
          },
          isEstimated: row => costOf(row).estimatedCosts > 0,
        }
      }
    },
  }
}

const USED = ['input_tokens', 'output_tokens', 'total_tokens', 'checks']

/** An event with its cost where the log gives none. Of one without any usage nobody knows what it cost, unless it has a price of its own. */
export function withCost(event: ListedEvent, costs: RowCosts, row: number): ListedEvent {
  const { object } = event
  if (object.cost_usd !== undefined || !costs.isEstimated(row)) return event
  const cost = costs.of(row)!
  if (cost.units === 0n && USED.every(name => object[name] === undefined)) return event
  return { ...event, object: { ...object, estimated_cost_usd: cost } }
}

/** Whether what an event costs meets all conditions; an unknown cost is no value. */
export function compileCostTests(tests: readonly TextTest[]): (cost: Decimal | null) => boolean {
  const all = tests.map(compileTest)
  return cost => {
    const text = cost === null ? undefined : formatDecimal(cost)
    return all.every(test => test(text))
  }
}
