// usagebook price check: which models of the logs have a price.
import { checkPricesOf } from '../../app/price/check-prices.ts'
import { buildLogRequest } from '../../app/request/log-request.ts'
import { visibleText } from '../../base/safe-text.ts'
import { renderPriceCheckCsv, renderPriceCheckJson, renderPriceCheckText } from '../../render/price-check.ts'
import type { PriceCheck } from '../../report/price/price-check.ts'
import { writeStream } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { CHECK_FLAGS, FILTER_FLAGS, INPUT_FLAGS, only, RANGE_FLAGS } from '../flags/report-flags.ts'

export const command = defineCommand({
  words: ['price', 'check'],
  summary: 'which models of the logs have a price',
  description:
    'Lists every model that the logs name: those without a price with the reason and the nearest names, the others with the entry that prices them.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...RANGE_FLAGS,
    ...FILTER_FLAGS,
    ...INPUT_FLAGS,
    formatFlag(['text', 'json', 'csv']),
    ...only(CHECK_FLAGS, 'strict-pricing'),
  ],
  examples: [
    ['usagebook price check', 'everything in the logs'],
    ['usagebook price check --last-days 1 --strict-pricing', 'for cron: exit 3 when a model has no price'],
  ],
  exitCodes: { 1: EXIT_CODES[1]!, 3: 'a model has no price (--strict-pricing)' },
  async run(options, context, workspace) {
    const request = await buildLogRequest(options, context, workspace)
    const check = await checkPricesOf(request, {})
    await writeStream(context.stdout, await textOf(check, options.format))
    for (const { message, hint } of check.failures)
      context.stderr.write(`${visibleText(`warning: ${message} ${hint}`)}\n`)
    if (check.failures.length > 0) return 1
    if (options.strictPricing !== true || check.unpricedAnalyses === 0) return 0
    const { unpricedAnalyses: count } = check
    const what = count === 1 ? '1 analysis has' : `${count} analyses have`
    context.stderr.write(`check failed: ${what} no price (--strict-pricing).\n`)
    return 3
  },
})

async function textOf(check: PriceCheck, format: unknown): Promise<string> {
  if (format === 'json') return renderPriceCheckJson(check)
  return format === 'csv' ? renderPriceCheckCsv(check) : await renderPriceCheckText(check)
}
