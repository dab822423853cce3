// usagebook price import: imports other prices into prices.json.
import { resolve } from 'node:path'
import { planPriceImport, writePriceImport } from '../../app/price/import-prices.ts'
import { parseUtcInstant } from '../../app/request/parse-option.ts'
import { UTC } from '../../base/zone.ts'
import { renderPriceImportJson, renderPriceImportText } from '../../render/price-import.ts'
import { writeStream } from '../../sink/sink.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { modelFlag, providerFlag } from '../flags/price-flags.ts'
import { confirm } from '../output/confirm.ts'

export const command = defineCommand({
  words: ['price', 'import'],
  summary: 'import prices from LiteLLM or another price book',
  description:
    "Reads LiteLLM's model_prices_and_context_window.json, or a file like prices.json, shows what would change, asks, and writes prices.json. A price that changes ends on the day on which the new one begins, so that reports of earlier days stay as they are.",
  arguments: [{ name: 'file', help: "LiteLLM's map of models, or another prices.json" }],
  flags: [
    {
      name: 'from',
      value: 'DAY',
      group: 'Money',
      help: 'first day of the new prices, in UTC; default today, and none where prices.json has no prices yet',
      parse: parseUtcInstant,
    },
    modelFlag,
    providerFlag,
    { name: 'dry-run', group: 'Output', help: 'only show what would change' },
    { name: 'yes', group: 'Output', help: 'do not ask' },
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook price import model_prices_and_context_window.json --dry-run', 'see what would change'],
    [
      "usagebook price import litellm.json --provider groq --model '*llama*' --from 2026-02-01 --yes",
      'some models, from a cron job',
    ],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const { root } = workspace
    const isDryRun = options.dryRun === true
    const { plan, change } = await planPriceImport({
      workspaceRoot: root,
      file: resolve(context.cwd, options.file),
      start: { from: options.from, today: UTC.startOfDay(UTC.dayOf(context.now())) },
      filter: {
        models: options.model ?? [],
        providers: options.provider ?? [],
      },
    })
    const isText = options.format !== 'json'
    if (isText) await writeStream(context.stdout, renderPriceImportText(change))
    const hasChanges = change.added.length + change.changed.length + Object.keys(change.aliases).length > 0
    const isAgreed = hasChanges && !isDryRun && (options.yes === true || (await confirm('Write prices.json?', context)))
    if (isAgreed) await writePriceImport(root, plan, context.onInterrupt)
    if (!isText) await writeStream(context.stdout, renderPriceImportJson(change, isAgreed))
    else if (options.quiet !== true)
      context.stderr.write(isAgreed ? 'prices.json is written.\n' : 'Nothing was written.\n')
    return 0
  },
})
