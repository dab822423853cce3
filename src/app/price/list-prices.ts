// The price book of a workspace, or the part of it that was asked for.
import { openPriceBook } from '../../pricing/open-price-book.ts'
import { buildPriceList, type PriceFilter, type PriceList } from '../../report/price/price-list.ts'

export async function listPrices(workspaceRoot: string, filter: PriceFilter): Promise<PriceList> {
  return buildPriceList(await openPriceBook(workspaceRoot), filter)
}
