// usagebook price explain: which price a model has, and why.
import { explainPriceOf, usageOfCounts } from '../../app/price/explain-price.ts'
import { parseUtcInstant, wholeNumber } from '../../app/request/parse-option.ts'
import { renderExplanationJson, renderExplanationText } from '../../render/price-explanation.ts'
import { writeStream } from '../../sink/sink.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'

function countFlag<const Name extends string>(name: Name, help: string) {
  return { name, value: 'N', group: 'Money', help, parse: wholeNumber(0) } as const
}

export const command = defineCommand({
  words: ['price', 'explain'],
  summary: 'which price a model has and why, and what a request costs',
  description:
    'Shows the entry of the price book that fits a model, each of its rates, and, with token counts, the sum line by line.',
  arguments: [{ name: 'model', help: 'the model as the logs name it' }],
  flags: [
    {
      name: 'at',
      value: 'DATE',
      group: 'Money',
      help: 'day in UTC or instant of the request; default now',
      parse: parseUtcInstant,
    },
    { name: 'provider', value: 'NAME', group: 'Money', help: 'the provider as the logs name it' },
    { name: 'service-tier', value: 'TIER', group: 'Money', help: 'standard, batch, flex or priority' },
    countFlag('input', 'all input tokens, cached ones included'),
    countFlag('cache-read', 'of them read from a cache'),
    countFlag('cache-write', 'of them written to a cache'),
    countFlag('cache-write-1h', 'of the written ones, kept for an hour'),
    countFlag('output', 'all output tokens, reasoning included'),
    countFlag('reasoning', 'of them spent on reasoning'),
    countFlag('checks', 'checks that ran'),
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook price explain claude-sonnet-4-5 --input 250000 --cache-read 100000 --output 1000', 'a long request'],
    ['usagebook price explain o3 --at 2025-06-01', 'what a model cost on a day'],
  ],
  exitCodes: { 1: 'prices.json could not be read' },
  async run(options, context, workspace) {
    const explanation = await explainPriceOf(workspace.root, {
      model: options.model,
      provider: options.provider ?? null,
      serviceTier: options.serviceTier ?? null,
      at: options.at ?? context.now(),
      ...usageOfCounts(options),
    })
    const text =
      options.format === 'json' ? renderExplanationJson(explanation) : await renderExplanationText(explanation)
    await writeStream(context.stdout, text)
    return 0
  },
})
