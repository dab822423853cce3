// Opens the price book of a workspace. The code that reads and checks prices.json is loaded only if there is one.
import { join } from 'node:path'
import { MOST_INPUT_BOUNDS } from './book-cuts.ts'
import { type Catalogue, matchModel } from './catalogue.ts'
import { namesOfRule } from './match-rule.ts'
import { bookOf, type PriceBook } from './price-book.ts'
import { PRICE_FILE } from './price-entries.ts'
import { readPriceText } from './read-price-text.ts'

/** The book of a workspace. A prices.json with any mistake is a ConfigError, and then there is no book. */
export async function openPriceBook(workspaceRoot: string): Promise<PriceBook> {
  const file = join(workspaceRoot, PRICE_FILE)
  const text = readPriceText(file)
  if (text === undefined) return bookOf({ file: undefined, text: '' })
  return EMPTY.test(text)
    ? bookOf({ file: { file, entries: [], aliases: new Map() }, text })
    : await parsePriceBook(text, file)
}

// As a new workspace has it. What checks a file takes longer to load than a report from the cache.
const EMPTY = /^\s*\{\s*"prices"\s*:\s*\[\s*\]\s*,\s*"aliases"\s*:\s*\{\s*\}\s*\}\s*$/

/** As `openPriceBook`, from the text of a prices.json. */
export async function parsePriceBook(text: string, file: string): Promise<PriceBook> {
  const { badPrices, parsePriceFile } = await import('./price-file.ts')
  const { checkPriceFile } = await import('./check-price-file.ts')
  const { prices, problems } = parsePriceFile(text, file)
  const book = bookOf({ file: prices, text })
  problems.push(
    ...checkPriceFile(prices, {
      has: model => isKnown(book.catalogue(), model),
      names: () => namesOfCatalogue(book.catalogue()),
    }),
  )
  if (book.cuts.inputBounds.length > MOST_INPUT_BOUNDS) {
    const message = `the prices begin at ${book.cuts.inputBounds.length} different numbers of input tokens; at most ${MOST_INPUT_BOUNDS} can be told apart`
    problems.push({ message, where: { file } })
  }
  if (problems.length > 0) throw badPrices(file, problems)
  return book
}

/** All names that the catalogue spells out. */
export function namesOfCatalogue(catalogue: Catalogue): string[] {
  const models = catalogue.providers.flatMap(provider => provider.models)
  return [...new Set(models.flatMap(({ id, match }) => [id, ...(match === undefined ? [] : namesOfRule(match))]))]
}

function isKnown(catalogue: Catalogue, model: string): boolean {
  return (
    matchModel(catalogue, model, null).model !== undefined ||
    catalogue.providers.some(provider => matchModel(catalogue, model, provider.id).model !== undefined)
  )
}
