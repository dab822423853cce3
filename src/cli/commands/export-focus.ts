// usagebook export focus: usage as a FOCUS file, and checking one.
import { resolve } from 'node:path'
import { checkFocusFile, exportFocus, type FocusOptions } from '../../app/export/export-focus.ts'
import { FOCUS } from '../../app/request/parameters.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { formatJson } from '../../base/json.ts'
import { visibleText } from '../../base/safe-text.ts'
import { type FocusVersion, NEWEST_FOCUS } from '../../export/focus/focus-columns.ts'
import { writeFileWhole } from '../../sink/sink.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT_CODES } from '../exit-codes.ts'
import { type Flag, flagsOfParameters } from '../flags/flag.ts'
import { formatFlag } from '../flags/format-flag.ts'
import * as flags from '../flags/report-flags.ts'
import { exportFile } from '../output/export-file.ts'
import { eachNamed } from '../output/named-files.ts'
import { packed } from '../output/packed.ts'
import { withProgress } from '../output/progress.ts'
import { withRejects } from '../output/rejects-file.ts'
import { type Quietable, sayRefusals, sayWarnings } from '../output/report-outcome.ts'
import { writeStdout } from '../output/write-stdout.ts'

const FOCUS_FLAGS = [
  ...flagsOfParameters('Output', FOCUS),
  {
    name: 'check',
    value: 'FILE',
    group: 'Checks',
    help: 'check this file against the rules of FOCUS; exit 3 where it breaks one',
  },
  {
    name: 'close',
    group: 'Output',
    help: 'keep what is written: the period is closed, and what changes later makes corrections',
  },
] as const satisfies readonly Flag[]

export const command = defineCommand({
  words: ['export', 'focus'],
  summary: 'cost and usage as a FOCUS file, for FinOps tools',
  description:
    'Writes a row for each day, client, profile, model and kind of token in the columns of FOCUS, the FinOps open cost and usage specification, as CSV; a file that ends in .gz is packed. The costs add up to those of the report. --check checks a file instead.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...flags.RANGE_FLAGS,
    ...FOCUS_FLAGS,
    formatFlag(['text', 'json']),
    ...flags.only(flags.OUTPUT_FLAGS, 'output'),
    ...flags.FILTER_FLAGS,
    ...flags.only(flags.OUTPUT_FLAGS, 'family'),
    ...flags.INPUT_FLAGS,
    ...flags.only(flags.MONEY_FLAGS, 'cost'),
    ...flags.CHECK_FLAGS,
  ],
  examples: [
    [
      'usagebook export focus --period 2026-01 --focus-version 1.2 -o focus-2026-01.csv.gz',
      'a month for a FinOps tool',
    ],
    [
      'usagebook export focus --period last-month --tag user --tag feature -o focus.csv',
      'with users and features as tags',
    ],
    ['usagebook export focus --check focus.csv --focus-version 1.3', 'does a file keep to the rules?'],
  ],
  exitCodes: { 1: EXIT_CODES[1]!, 3: 'a check failed, or the file breaks a rule' },
  async run(options, context, workspace) {
    const { format, check, ...asked } = options
    const focusVersion = options.focusVersion ?? NEWEST_FOCUS
    if (check !== undefined)
      return await checkFile(resolve(context.cwd, check), focusVersion, format === 'json', context)
    exportFile(options, ENDINGS, context)
    return await eachNamed({ ...asked, output: options.output }, context, workspace, one =>
      writeFocus({ ...one, focusVersion }, context, workspace),
    )
  },
})

const ENDINGS = ['.csv', '.csv.gz']

async function writeFocus(
  options: FocusOptions & Parameters<typeof withRejects>[0] & Quietable,
  context: Context,
  workspace: Workspace,
): Promise<number> {
  const file = exportFile(options, ENDINGS, context)
  const { usage, refusals, wasClosed, pieces } = await withRejects(options, context, rejects =>
    withProgress(context, options.quiet === true, progress =>
      exportFocus(options, context, workspace, { ...progress, ...rejects }),
    ),
  )
  sayWarnings({ notes: usage.notes, ledger: usage.report.ledger }, options, context)
  sayRefusals(refusals, context)
  if (refusals.length > 0) return 3
  if (pieces === undefined) return 1
  if (wasClosed && options.quiet !== true)
    context.stderr.write(
      'note: this period is closed, so the file is the same as before. What has changed since is in later files, with --corrections.\n',
    )
  if (file === undefined) await writeStdout(context, pieces)
  else await writeFileWhole(file, file.endsWith('.gz') ? packed(pieces) : pieces, context.onInterrupt)
  return usage.report.ledger.failures.length > 0 ? 1 : 0
}

async function checkFile(path: string, version: FocusVersion, isJson: boolean, context: Context): Promise<number> {
  const { rows, problems } = await checkFocusFile(path, version)
  if (isJson) {
    const list = problems.map(problem => ({ ...problem }))
    await writeStdout(context, [
      `${formatJson({ schema: 'usagebook/focus-check@1', version, rows, problems: list })}\n`,
    ])
  } else {
    const lines = problems.map(({ rule, message, line, value, count }) => {
      const shown = value === null ? '' : ` (${JSON.stringify(value.slice(0, 60))})`
      return `${rule}: ${message}${shown}, line ${line}${count === 1 ? '' : `, and ${count - 1} more`}`
    })
    const verdict =
      problems.length === 0
        ? 'keeps to the rules'
        : `breaks ${problems.length === 1 ? '1 rule' : `${problems.length} rules`}`
    const counted = rows === 1 ? '1 row' : `${rows} rows`
    await writeStdout(context, [
      `${[...lines, `FOCUS ${version}: ${counted}, the file ${verdict}.`].map(visibleText).join('\n')}\n`,
    ])
  }
  return problems.length === 0 ? 0 : 3
}
