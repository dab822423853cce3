// usagebook log prune: removes events that are too old to keep.
import { resolve } from 'node:path'
import {
  finishKilledPrune,
  type PlannedFile,
  type PrunePlan,
  planPrune,
  runPrune,
  withoutOthers,
} from '../../app/log/prune-logs.ts'
import { retentionOf } from '../../app/log/retention-days.ts'
import { ownerOf } from '../../app/profile/home.ts'
import { zoneOf } from '../../app/request/log-request.ts'
import { formatsOf } from '../../app/workspace/log-formats.ts'
import { placesOf } from '../../app/workspace/log-places.ts'
import { UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import { LOG_DAY_FLAG } from '../flags/log-flags.ts'
import { INPUT_FLAGS, only, RANGE_FLAGS } from '../flags/report-flags.ts'
import { RETENTION_FLAGS } from '../flags/retention-flags.ts'
import { confirm } from '../output/confirm.ts'
import { linesText, writeFailures } from '../output/prune-output.ts'
import { writeStdout } from '../output/write-stdout.ts'

const FILES_SHOWN = 20

export const command = defineCommand({
  words: ['log', 'prune'],
  summary: 'remove events that are past their retention age',
  description:
    "Lists what would go, asks, and removes it: files with no events left are deleted, others are replaced by a new file. Today's file is never touched, and an event is judged by its own time. Daily sums of the usage that goes are kept in the hidden folder .summaries beside the logs: the usage report and --group-by still answer for those days, and say so. Other reports have only what is left.",
  flags: [
    ...RETENTION_FLAGS,
    { name: 'dry-run', group: 'Log', help: 'only list what would go' },
    { name: 'archive', value: 'DIR', group: 'Log', help: 'move what is removed into files of this folder' },
    {
      name: 'keep-summaries',
      group: 'Log',
      negated: true,
      help: 'keep daily sums of what is removed, so that usage reports stay as they are; --no-keep-summaries does not',
    },
    { name: 'yes', group: 'Log', help: 'do not ask; needed where there is no terminal' },
    ...only(INPUT_FLAGS, 'logs', 'source-format'),
    LOG_DAY_FLAG,
    ...only(RANGE_FLAGS, 'log-timezone'),
  ],
  examples: [
    ['usagebook log prune --older-than 90d --errors 30d --dry-run', 'see what would go'],
    ['usagebook log prune --yes', 'for cron, with the ages from the configuration'],
  ],
  exitCodes: { 1: 'a log could not be read or rewritten' },
  async run(options, context, workspace) {
    const zone = zoneOf(options.timezone ?? 'UTC', 'timezone')
    const logTimezone = options.logTimezone
    const archive = options.archive
    const request = {
      places: placesOf(options, context, workspace),
      cwd: context.cwd,
      formatOf: await formatsOf(options, workspace),
      retention: retentionOf(options, workspace),
      zone,
      logZone: logTimezone === undefined ? zone : zoneOf(logTimezone, 'logTimezone'),
      now: context.now(),
      archive: archive === undefined ? undefined : resolve(context.cwd, archive),
      summaryRoot: options.keepSummaries === false ? null : workspace.root,
      owner: ownerOf(context),
    }
    const finishAndPlan = async () => {
      await finishKilledPrune(request)
      return await planPrune(request)
    }
    const plan = options.dryRun === true ? await planPrune(request) : await withoutOthers(request, finishAndPlan)
    await writeStdout(context, [await formatPlan(plan)])
    writeFailures(plan.failures, context)
    const code = plan.failures.length > 0 ? 1 : 0
    if (plan.files.length === 0 || options.dryRun === true) return code
    if (options.yes !== true && !(await isWanted(context))) {
      await writeStdout(context, ['Nothing was removed.\n'])
      return code
    }
    const { removed, stillOpen, failures } = await withoutOthers(request, () => runPrune(plan, request))
    await writeStdout(context, [`${linesText(removed)} removed.\n`, ...stillOpen.map(stillOpenText)])
    writeFailures(failures, context)
    return failures.length > 0 ? 1 : code
  },
})

function stillOpenText(log: string): string {
  return `A program still has ${visibleText(log)} open as it was: the next prune moves what it writes there.\n`
}

async function formatPlan({ files, left }: PrunePlan): Promise<string> {
  const notes = left.map(
    file => `${visibleText(file.name)} is left as it is: a log of this kind cannot be rewritten.\n`,
  )
  if (files.length === 0) return `Nothing is old enough to remove.\n${notes.join('')}`
  const lines = await layOutList(files.slice(0, FILES_SHOWN).map(cellsOf), ['left', 'right', 'left'])
  if (files.length > FILES_SHOWN) lines.push(`and ${files.length - FILES_SHOWN} more files`)
  const total = files.reduce((sum, planned) => sum + planned.removed, 0)
  const sum = `${linesText(total)} in ${files.length === 1 ? '1 file' : `${files.length} files`}`
  return `${lines.join('\n')}\nOld enough to remove: ${sum}.\n${notes.join('')}`
}

function cellsOf({ file, kept, removed }: PlannedFile): string[] {
  const rest = kept === 0 ? 'and the file with them' : `${kept.toLocaleString('en-US')} kept`
  return [visibleText(file.name), `${removed.toLocaleString('en-US')} to remove`, rest]
}

async function isWanted(context: Context): Promise<boolean> {
  if (!context.isStdinTerminal) {
    throw new UsageError('needs-yes', 'Nothing was removed: there is no terminal to ask on.', {
      where: { option: 'yes' },
      hint: 'Add --yes to remove it, or --dry-run only to list it.',
    })
  }
  return await confirm('Remove them?', context)
}
