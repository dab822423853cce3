// usagebook log forget: removes a person from the logs, and keeps what their usage cost.
import { resolve } from 'node:path'
import { type ForgetPlan, forgetAlone, type LeftLog, planForgetting, runForgetting } from '../../app/log/forget-user.ts'
import { ownerOf } from '../../app/profile/home.ts'
import { zoneOf } from '../../app/request/log-request.ts'
import { cachePlaceOf, cacheRoot } from '../../app/workspace/cache-place.ts'
import { formatsOf } from '../../app/workspace/log-formats.ts'
import { placesOf } from '../../app/workspace/log-places.ts'
import { pseudonymOf } from '../../app/workspace/pseudonym-key.ts'
import { UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { LOG_DAY_FLAG } from '../flags/log-flags.ts'
import { INPUT_FLAGS, only, RANGE_FLAGS } from '../flags/report-flags.ts'
import { confirm } from '../output/confirm.ts'
import { linesText, writeFailures } from '../output/prune-output.ts'
import { writeStdout } from '../output/write-stdout.ts'

export const command = defineCommand({
  words: ['log', 'forget'],
  summary: 'take a person out of the logs, and keep what their usage cost',
  description:
    'Lists what would change, asks, and does it in logs, packed or not, in summaries of pruned days and in the caches. Lines in which a field that names the user holds exactly this name are removed, and their sums kept without it; or, with --pseudonymize, a keyed hash takes the place of the name. The key is that of USAGEBOOK_PSEUDONYM_KEY, else of .usagebook/pseudonym.key, which is made when it is first needed; the logger makes the same hash with the same key. Archives, backups and reports that were written are not reached.',
  flags: [
    { name: 'user', value: 'NAME', group: 'Log', help: 'the whole name, as it stands in the logs' },
    { name: 'pseudonymize', group: 'Log', help: 'keep the lines, with a hash in place of the name' },
    {
      name: 'rejects',
      value: 'FILE',
      group: 'Log',
      repeats: true,
      help: 'also look into this file, which --rejects of a report has written',
    },
    { name: 'dry-run', group: 'Log', help: 'only list what would change' },
    { name: 'yes', group: 'Log', help: 'do not ask; needed where there is no terminal' },
    ...only(INPUT_FLAGS, 'logs', 'source-format'),
    LOG_DAY_FLAG,
    ...only(RANGE_FLAGS, 'log-timezone'),
  ],
  examples: [
    ['usagebook log forget --user anna@diageo.com --dry-run', 'see what would change'],
    ['usagebook log forget --user anna@diageo.com --pseudonymize --yes', 'keep the lines, without the name'],
  ],
  exitCodes: { 1: 'a log of theirs could not be read or rewritten, or a program still has it open' },
  async run(options, context, workspace) {
    const user = options.user
    if (user === undefined) throw noUser()
    const isDryRun = options.dryRun === true
    const zone = zoneOf(options.timezone ?? 'UTC', 'timezone')
    const logTimezone = options.logTimezone
    const places = placesOf(options, context, workspace)
    const caches = cacheRoot(context.environment)
    const hash = pseudonymOf(user, workspace.root, context.environment, !isDryRun)
    const request = {
      places,
      cwd: context.cwd,
      root: workspace.root,
      formatOf: await formatsOf(options, workspace),
      zone,
      logZone: logTimezone === undefined ? zone : zoneOf(logTimezone, 'logTimezone'),
      person: { user, pseudonym: options.pseudonymize === true ? hash() : null },
      rejects: (options.rejects ?? []).map(path => resolve(context.cwd, path)),
      cache: caches === undefined ? null : cachePlaceOf(caches, places, context.cwd),
      machineNow: context.machineNow,
      owner: ownerOf(context),
    }
    const plan = isDryRun ? await planForgetting(request) : await forgetAlone(request, () => planForgetting(request))
    await writeStdout(context, [formatPlan(plan, request.person.pseudonym !== null)])
    writeFailures(plan.failures, context)
    const code = plan.failures.length > 0 || plan.left.some(isMissed) ? 1 : 0
    if (isDryRun) return code
    if (options.yes !== true && isNothing(plan)) return code
    if (options.yes !== true && !(await confirm('Do it?', context))) {
      await writeStdout(context, ['Nothing was changed.\n'])
      return code
    }
    const { stillOpen, failures } = await forgetAlone(request, () => runForgetting(plan, request))
    writeFailures(failures, context)
    await writeStdout(context, [...stillOpen.map(stillOpenText), 'Done; the caches are cleared.\n'])
    return failures.length > 0 || stillOpen.length > 0 ? 1 : code
  },
})

function noUser(): UsageError {
  return new UsageError('no-user', 'Nothing says whom to forget.', {
    where: { option: 'user' },
    hint: 'Add --user NAME, with the whole name as it stands in the logs.',
  })
}

function isNothing({ logs, summaries, rejects }: ForgetPlan): boolean {
  return logs.length + summaries.length + rejects.length === 0
}

function formatPlan(plan: ForgetPlan, isPseudonym: boolean): string {
  const { logs, summaries, rejects, mentions, left } = plan
  const what = isPseudonym ? 'get a hash for the name' : 'go without the name'
  const lines = [
    ...logs.flatMap(({ file, removed, changed }) => [
      ...(removed > 0
        ? [`${visibleText(file.name)}: ${linesText(removed)} removed, the sums stay without the name`]
        : []),
      ...(changed > 0 ? [`${visibleText(file.name)}: the name replaced in ${linesText(changed)}`] : []),
    ]),
    ...summaries.map(({ path, rows }) => `${visibleText(path)}: ${rows === 1 ? '1 row' : `${rows} rows`} ${what}`),
    ...rejects.map(({ path, lines }) => `${visibleText(path)}: ${linesText(lines)} removed`),
    ...(isNothing(plan) ? ['No line and no sum has this name.'] : []),
    ...(mentions > 0 ? [`Left as it is: the name within other texts, in ${linesText(mentions)}.`] : []),
    ...left.map(formatLeft),
    'Not reached: archives, backups, and files that reports were written to.',
  ]
  return lines.map(line => `${line}\n`).join('')
}

/** Whether lines of the person stay that could go. */
function isMissed({ kind, lines }: LeftLog): boolean {
  return kind === 'packed' && lines > 0
}

function formatLeft(log: LeftLog): string {
  const { file, kind, lines } = log
  const name = visibleText(file.name)
  const theirs = lines === 0 ? 'no line' : linesText(lines)
  if (kind === 'stream') return `${name} is left as it is: it is no file.`
  if (kind === 'archive') return `${name} is left as it is, an archive with ${theirs} of this name.`
  const hint = isMissed(log) ? ' Unpack it, and do this again.' : ''
  return `${name} is left as it is, with ${theirs} of this name: logs packed like this are not rewritten.${hint}`
}

function stillOpenText(log: string): string {
  return `A program still has ${visibleText(log)} open as it was, with the name: end it, and do this again.\n`
}
