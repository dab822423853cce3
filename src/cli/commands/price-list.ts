// usagebook price list: the price book.
import { listPrices } from '../../app/price/list-prices.ts'
import { renderPriceListCsv, renderPriceListJson, renderPriceListText } from '../../render/price-list.ts'
import { writeStream } from '../../sink/sink.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { modelFlag, providerFlag } from '../flags/price-flags.ts'

export const command = defineCommand({
  words: ['price', 'list'],
  summary: 'the prices of models: prices.json, then the built-in book',
  description:
    'Shows what the book says, in US dollars per million tokens: a row for each price, and below it those for long requests, hours of the day and service tiers. Only rates in the book are shown; "usagebook price explain" shows which of them a request gets.',
  flags: [modelFlag, providerFlag, formatFlag(['text', 'json', 'csv'])],
  examples: [
    ["usagebook price list --model 'gpt-4o*' --provider openai", 'some models of one provider'],
    ['usagebook price list --format csv', 'all prices for a spreadsheet'],
  ],
  exitCodes: { 1: 'prices.json could not be read' },
  async run(options, context, workspace) {
    const filter = {
      models: options.model ?? [],
      providers: options.provider ?? [],
    }
    const list = await listPrices(workspace.root, filter)
    await writeStream(context.stdout, await textOf(list, options.format, context.columns))
    if (list.rows.length === 0 && options.quiet !== true) {
      context.stderr.write(
        `No price matches.${list.nearest.length === 0 ? '' : ` Near are: ${list.nearest.join(', ')}.`}\n`,
      )
    }
    return 0
  },
})

async function textOf(
  list: Awaited<ReturnType<typeof listPrices>>,
  format: unknown,
  width: number | undefined,
): Promise<string> {
  if (format === 'json') return renderPriceListJson(list)
  return format === 'csv' ? renderPriceListCsv(list) : await renderPriceListText(list, width)
}
