// How the price book of a workspace prices one request.
import { optionName, UsageError } from '../../base/errors.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import { explainPrice, type PriceExplanation, type PriceRequest } from '../../report/price/price-explanation.ts'

export async function explainPriceOf(workspaceRoot: string, request: PriceRequest): Promise<PriceExplanation> {
  const { usage } = request
  if (usage !== undefined) {
    const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning } = usage
    requirePart(cacheRead + cacheWrite, input, ['cacheRead', 'cacheWrite'], 'input')
    requirePart(cacheWrite1h, cacheWrite, ['cacheWrite1h'], 'cacheWrite')
    requirePart(reasoning, output, ['reasoning'], 'output')
  }
  return explainPrice(await openPriceBook(workspaceRoot), request)
}

function requirePart(part: number, whole: number, partNames: readonly string[], wholeName: string): void {
  if (part <= whole) return
  throw new UsageError(
    'bad-tokens',
    `${partNames.map(optionName).join(' and ')} are part of ${optionName(wholeName)}, and ${part} is more than ${whole}.`,
    {
      where: { option: wholeName },
      hint: `Give ${optionName(wholeName)} with all its tokens, ${part} or more.`,
    },
  )
}
