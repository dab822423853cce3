// How the price book of a workspace prices one request.
import { optionName, UsageError } from '../../base/errors.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import {
  explainPrice,
  type PriceExplanation,
  type PriceRequest,
  type RequestUsage,
} from '../../report/price/price-explanation.ts'

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

/** The usage that some counts tell of, the others 0; none where no count is given, which asks for the rates alone. */
export function usageOfCounts(
  counts: { readonly [Name in keyof RequestUsage]?: number | undefined },
): Pick<PriceRequest, 'usage'> {
  const { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning, checks } = counts
  const given = { input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning, checks }
  if (Object.values(given).every(count => count === undefined)) return {}
  return {
    usage: {
      input: input ?? 0,
      cacheRead: cacheRead ?? 0,
      cacheWrite: cacheWrite ?? 0,
      cacheWrite1h: cacheWrite1h ?? 0,
      output: output ?? 0,
      reasoning: reasoning ?? 0,
      checks: checks ?? 0,
    },
  }
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
