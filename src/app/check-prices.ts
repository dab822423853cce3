// Which models of the logs the price book of a workspace can price.
import type { RunHooks } from '../engine/engine.ts'
import { findLogs } from '../log/find-logs.ts'
import { openPriceBook } from '../pricing/open-price-book.ts'
import { ratesBy } from '../report/group-bys.ts'
import { checkPrices, type PriceCheck, type UsedClass } from '../report/price-check.ts'
import { forEachUsageRow } from '../report/usage-groups.ts'
import { askQuestions } from './ask-questions.ts'
import { findSummaries } from './find-summaries.ts'
import { openEngine } from './open-engine.ts'
import type { LogRequest } from './run-report.ts'

const GROUP_BY = ratesBy('models')

export async function checkPricesOf(request: LogRequest, hooks: RunHooks): Promise<PriceCheck> {
  const book = await openPriceBook(request.root)
  const { files, failures } = findLogs(request.places, request.cwd)
  const removed = await findSummaries(request.places, request.cwd, files)
  const models = { name: 'models', kinds: 'usage' as const, extras: [], groupBys: [GROUP_BY] }
  const { range } = request
  const asking = {
    request,
    questions: [models],
    range,
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
  const used: UsedClass[] = []
  forEachUsageRow(
    tally.tables.get(GROUP_BY.name)!,
    () => ({ from: 'unpriced' }),
    ({ rateClass, sums }) => used.push({ rateClass, analyses: Number(sums[0]) }),
  )
  return checkPrices(book, used, [...failures, ...removed.failures, ...tally.ledger.failures])
}
