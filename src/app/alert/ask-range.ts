// Opens the logs for the questions of a check.
import { openPriceBook } from '../../pricing/open-price-book.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import { addFailures } from '../../query/ledger.ts'
import { unnamedRange } from '../../query/range.ts'
import type { Question } from '../../report/model/report-definition.ts'
import type { Tally } from '../../tally/tally.ts'
import { openLogsOf } from '../log/open-logs.ts'
import { askOnce } from '../report/ask-once.ts'
import { findSummaries } from '../report/find-summaries.ts'
import { buildLogRequest } from '../request/log-request.ts'
import { openEngine } from '../workspace/open-engine.ts'
import type { AlertAsking } from './ask-cost.ts'

/** The answer for [from, to), whose ledger has everything that could not be read. */
export async function askRange(
  { options, host, workspace }: AlertAsking,
  asked: Question,
  from: number | null,
  to: number,
): Promise<Tally> {
  const { cost, ...others } = options
  const request = await buildLogRequest(others, host, workspace)
  const { files, failures } = await openLogsOf(request, {})
  const removed = await findSummaries(request.logs.places, request.logs.cwd, files)
  const asking = {
    ...{ request, files, counted: removed.counted, engine: openEngine(request.engine), hooks: {} },
    ...{ prices: await openPriceBook(workspace.root), cost: (cost ?? 'auto') as CostMode },
  }
  const tally = await askOnce(asking, [asked], unnamedRange({ from, to }))
  addFailures(tally.ledger, [...failures, ...removed.failures])
  return tally
}
