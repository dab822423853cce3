// Which models of the logs the price book of a workspace can price.
import type { RunHooks } from '../../engine/engine.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import { hideFailures, hideLines } from '../../query/ledger.ts'
import type { UnreadUsage } from '../../query/unread-usage.ts'
import { forEachUsageRow } from '../../report/group/usage-rows.ts'
import { checkPrices, type PriceCheck, type UsedClass } from '../../report/price/price-check.ts'
import { openLogsOf } from '../log/open-logs.ts'
import { askQuestions } from '../report/ask-questions.ts'
import { eventsWithoutUsage, usageByKind } from '../report/events-without-usage.ts'
import { findSummaries } from '../report/find-summaries.ts'
import { findUnreadIn } from '../report/find-unread-usage.ts'
import type { LogRequest } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'

const GROUP_BY = usageByKind('models')

export async function checkPricesOf(request: LogRequest, hooks: RunHooks): Promise<PriceCheck> {
  return (await checkUsage(request, hooks)).check
}

export interface CheckedUsage {
  readonly check: PriceCheck
  readonly unread: UnreadUsage | undefined
}

/** Also looks for usage that was not understood, see find-unread-usage.ts. */
export async function checkPricesAndUsage(request: LogRequest, hooks: RunHooks): Promise<CheckedUsage> {
  const { check, table, files, book } = await checkUsage(request, hooks)
  const chosen = chooseFiles(files, request.filter.range)
  const unread = await findUnreadIn(request, eventsWithoutUsage(table, book), chosen, book, openEngine(request.engine))
  return { check, unread: unread && request.filter.scope !== undefined ? hideLines(unread) : unread }
}

async function checkUsage(request: LogRequest, hooks: RunHooks) {
  const { logs, filter } = request
  const book = await openPriceBook(logs.root)
  const { files, failures } = await openLogsOf(request, hooks)
  const removed = await findSummaries(logs.places, logs.cwd, files)
  const models = { name: 'models', kinds: 'usage' as const, extras: [], groupBys: [GROUP_BY] }
  const asking = {
    request,
    questions: [models],
    range: filter.range,
    prices: book,
    cost: null,
    files,
    summaries: removed.summaries,
    counted: removed.counted,
    engine: openEngine(request.engine),
    hooks,
    idleMs: 0,
  }
  const { tally } = await askQuestions(asking)
  const table = tally.tables.get(GROUP_BY.name)!
  const used: UsedClass[] = []
  forEachUsageRow(
    table,
    () => ({ from: 'unpriced' }),
    ({ rateClass, sums }) => used.push({ rateClass, analyses: Number(sums[0]) }),
  )
  const all = [...failures, ...removed.failures, ...tally.ledger.failures]
  const check = checkPrices(book, used, filter.scope === undefined ? all : hideFailures(all))
  return { check, table, files, book }
}
