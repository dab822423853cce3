// usagebook export chargeback: a statement for each client.
import { join, resolve } from 'node:path'
import { exportChargeback } from '../../app/export/export-chargeback.ts'
import { formatJson } from '../../base/json.ts'
import { formatMoney } from '../../base/money-text.ts'
import { parseLiterals } from '../../base/number-literals.ts'
import { visibleText } from '../../base/safe-text.ts'
import { statementFiles } from '../../export/chargeback/statement-files.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { formatFlag } from '../flags/format-flag.ts'
import * as flags from '../flags/report-flags.ts'
import { withProgress } from '../output/progress.ts'
import { withRejects } from '../output/rejects-file.ts'
import { sayRefusals, sayWarnings } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'

const DEFAULT_FOLDER = 'reports/chargeback'

export const command = defineCommand({
  words: ['export', 'chargeback'],
  summary: 'a statement for each client: what it used, shared costs, markup, tax, total',
  description:
    'Writes a statement for each client as CSV, JSON and a page to print. chargeback.json says what is added and who pays for what is shared. A statement that was made is kept and never changed; what has changed since becomes a credit or debit note with --corrections.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...flags.RANGE_FLAGS,
    { name: 'split-by', value: 'FIELD', group: 'Output', help: 'the field that statements are cut by; default client' },
    { name: 'dir', value: 'FOLDER', group: 'Output', help: `where the files go; default ${DEFAULT_FOLDER}` },
    { name: 'corrections', group: 'Output', help: 'make notes of what has changed since statements were made' },
    formatFlag(['text', 'json']),
    ...flags.FILTER_FLAGS,
    ...flags.only(flags.OUTPUT_FLAGS, 'family'),
    ...flags.INPUT_FLAGS,
    ...flags.only(flags.MONEY_FLAGS, 'cost'),
    ...flags.CHECK_FLAGS,
  ],
  examples: [
    ['usagebook export chargeback --period 2026-01', 'the statements of January'],
    ['usagebook export chargeback --period last-month --strict --strict-pricing', 'in cron: only if every line counts'],
    ['usagebook export chargeback --period 2026-01 --corrections', 'notes for what came later'],
  ],
  exitCodes: { 1: EXIT_CODES[1]!, 3: EXIT_CODES[3]! },
  async run(options, context, workspace) {
    const { format, dir, files = [], ...asked } = options
    const answer = await withRejects(options, context, rejects =>
      withProgress(context, options.quiet === true, progress =>
        exportChargeback({ ...asked, files }, context, workspace, { ...progress, ...rejects }),
      ),
    )
    const { usage, kept, outdated, refusals } = answer
    const { report } = usage
    sayWarnings({ notes: usage.notes, ledger: report.ledger }, options, context)
    sayRefusals(refusals, context)
    if (refusals.length > 0) return 3
    if (report.ledger.failures.length > 0) return 1
    const folder = dir === undefined ? join(workspace.root, DEFAULT_FOLDER) : resolve(context.cwd, dir)
    for (const one of kept) {
      for (const [name, text] of statementFiles(one))
        await writeFileWhole(join(folder, name), [text], context.onInterrupt)
    }
    if (format === 'json') {
      const statements = kept.map(({ text }) => parseLiterals(text))
      await writeStdout(context, [`${formatJson({ schema: 'usagebook/statements@1', statements, outdated })}\n`])
    } else {
      const rows = kept.map(({ statement: { number, name, kind, currency, total } }) => [
        number,
        name,
        kind.replace('-', ' '),
        formatMoney(total, { currency: currency.code, moneyDigits: Math.max(2, total.scale) }),
      ])
      const list = await listWithHeader(['Number', 'Client', 'Kind', 'Total'], rows, context.columns)
      await writeStdout(context, [kept.length === 0 ? 'No statements: nothing was used.\n' : `${list.join('\n')}\n`])
    }
    if (options.quiet !== true) {
      if (kept.length > 0) context.stderr.write(`Written to ${visibleText(folder)}.\n`)
      if (outdated.length > 0) {
        const which =
          outdated.length === 1 ? '1 statement would be another' : `${outdated.length} statements would be others`
        context.stderr.write(
          `warning: ${which} by now: ${visibleText(outdated.join(', '))}. Make notes of what has changed with --corrections.\n`,
        )
      }
    }
    return 0
  },
})
