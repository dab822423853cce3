// usagebook log check: reads all logs and says what is wrong with them.
import { checkDocument } from '../../app/log/check-document.ts'
import { type CheckedFile, checkLogs, type LogCheck } from '../../app/log/check-logs.ts'
import { buildCheckRequest } from '../../app/request/check-request.ts'
import { formatJson } from '../../base/json.ts'
import { addAll } from '../../base/lists.ts'
import { visibleText } from '../../base/safe-text.ts'
import { describeReason } from '../../query/ledger.ts'
import { layOutList } from '../../render/list-table.ts'
import { differingNotes } from '../../report/model/differing-duplicates.ts'
import { unreadNote } from '../../report/model/unread-usage.ts'
import { defineCommand, LOGS_ARGUMENT } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { LOG_DAY_FLAG } from '../flags/log-flags.ts'
import { INPUT_FLAGS, only, RANGE_FLAGS } from '../flags/report-flags.ts'

const NAMES_SHOWN = 10
const COUNTS = ['Lines', 'Rejected', 'Twice', 'Other day', 'Backwards']

export const command = defineCommand({
  words: ['log', 'check'],
  summary: 'read all logs and say what is wrong with them',
  description:
    'Tells for each file how many lines it has, how many a report would reject or count only once, and how many events are of another day than the file or out of order. Also tells which days are missing, whether the usage of analyses is understood, and which models and clients are unknown.',
  arguments: [LOGS_ARGUMENT],
  flags: [
    ...only(INPUT_FLAGS, 'logs', 'source-format'),
    LOG_DAY_FLAG,
    ...only(RANGE_FLAGS, 'log-timezone'),
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook log check', 'before a month is billed'],
    ['usagebook log check --logs /var/log/usage --format json', 'for a script'],
  ],
  exitCodes: { 1: 'a log could not be read', 3: 'something is wrong with the logs' },
  async run(options, context, workspace) {
    const check = await checkLogs(await buildCheckRequest(options, context, workspace), {})
    context.stdout.write(options.format === 'json' ? `${formatJson(checkDocument(check))}\n` : await formatCheck(check))
    if (check.ledger.failures.length > 0) return 1
    return check.isFine ? 0 : 3
  },
})

async function formatCheck(check: LogCheck): Promise<string> {
  const { files, ledger } = check
  const list = await layOutList(
    [['File', ...COUNTS], ...files.map(cellsOf)],
    ['left', ...COUNTS.map(() => 'right' as const)],
  )
  const lines = [...list, '', ...findings(check)]
  const total = `${number(ledger.read)} ${ledger.read === 1 ? 'line' : 'lines'} in ${number(files.length)} ${files.length === 1 ? 'file' : 'files'}`
  lines.push(check.isFine ? `${total}: all is well.` : `${total}: see above.`)
  return `${lines.join('\n')}\n`
}

function cellsOf({ name, ledger, outsideDay, backwards }: CheckedFile): string[] {
  const counts = [ledger.read, ledger.rejected, ledger.duplicate, outsideDay, backwards]
  return [visibleText(name), ...counts.map(number)]
}

function findings(check: LogCheck): string[] {
  const { ledger, missingDays, duplicatesAcrossFiles, unknownModels, unknownClients } = check
  const found = ledger.problems
    .slice(0, NAMES_SHOWN)
    .map(problem => `${visibleText(problem.file)}:${problem.line}: ${describeReason(problem)}`)
  addAll(
    found,
    ledger.failures.map(({ file, message }) => `${visibleText(file)}: ${visibleText(message)}`),
  )
  const notes = [...differingNotes(ledger), ...(ledger.unread === undefined ? [] : [unreadNote(ledger.unread)])]
  addAll(
    found,
    notes.map(({ text, hint }) => `${text} ${hint}`),
  )
  if (missingDays.length > 0) found.push(`Days without a file: ${someOf(missingDays)}`)
  if (duplicatesAcrossFiles > 0) found.push(`Ids that appear in several files: ${number(duplicatesAcrossFiles)}`)
  if (unknownModels.length > 0) found.push(`Models without a price: ${someOf(unknownModels)}`)
  if (unknownClients !== null && unknownClients.length > 0)
    found.push(`Clients that are not in clients.json: ${someOf(unknownClients)}`)
  return found.length === 0 ? [] : [...found, '']
}

function someOf(names: readonly string[]): string {
  const more = names.length > NAMES_SHOWN ? `, and ${names.length - NAMES_SHOWN} more` : ''
  return names.slice(0, NAMES_SHOWN).map(visibleText).join(', ') + more
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
