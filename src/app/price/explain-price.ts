// How the price book of a workspace prices one request.
import { UsageError } from '../../base/errors.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import { explainPrice, type PriceExplanation, type PriceRequest } from '../../report/price/price-explanation.ts'

export async function explainPriceOf(workspaceRoot: string, request: PriceRequest): Promise<PriceExplanation> {
  const { usage } = request
  if (usage !== undefined) {
    const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning } = usage
    requirePart(cacheRead + cacheWrite, input, '--cache-read and --cache-write', '--input')
    requirePart(cacheWrite1h, cacheWrite, '--cache-write-1h', '--cache-write')
    requirePart(reasoning, output, '--reasoning', '--output')
  }
  return explainPrice(await openPriceBook(workspaceRoot), request)
}

function requirePart(part: number, whole: number, partFlag: string, wholeFlag: string): void {
  if (part <= whole) return
  throw new UsageError('bad-tokens', `${partFlag} are part of ${wholeFlag}, and ${part} is more than ${whole}.`, {
    where: { flag: wholeFlag },
    hint: `Give ${wholeFlag} with all its tokens, ${part} or more.`,
  })
}
