// usagebook log demo: a realistic fortnight to try the reports on.
import { clearDemoLogs, writeDemoLogs } from '../../app/demo/demo-logs.ts'
import { ownerOf } from '../../app/profile/home.ts'
import { zoneOf } from '../../app/request/log-request.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import { logFolderOf } from '../../app/workspace/log-places.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { LOG_DAY_FLAG, LOG_FOLDER_FLAG } from '../flags/log-flags.ts'

export const command = defineCommand({
  words: ['log', 'demo'],
  summary: 'write demo events up to now, or remove them again',
  description:
    'Writes events of all kinds for the days before today and today so far, weekdays busier than weekends, each marked as demo. An earlier demo is replaced; other events stay as they are.',
  flags: [
    { name: 'days', value: 'N', group: 'Log', help: 'days before today; default 14', parse: wholeNumber(0, 3660) },
    { name: 'users', value: 'N', group: 'Log', help: 'how many people; default 3', parse: wholeNumber(1, 1000) },
    {
      name: 'seed',
      value: 'N',
      group: 'Log',
      help: 'another number gives other events; default 1',
      parse: wholeNumber(0),
    },
    { name: 'clear', group: 'Log', help: 'remove what the demo wrote, and nothing else' },
    LOG_FOLDER_FLAG,
    LOG_DAY_FLAG,
  ],
  examples: [
    ['usagebook log demo', 'a fortnight of three people'],
    ['usagebook log demo --days 90 --users 12 --seed 7', 'a quarter of twelve people'],
    ['usagebook log demo --clear', 'remove it again'],
  ],
  exitCodes: { 1: 'the logs could not be written' },
  async run(options, context, workspace) {
    const dir = logFolderOf(options, context, workspace)
    const owner = ownerOf(context)
    if (options.clear === true) {
      const removed = await clearDemoLogs(dir, owner)
      context.stdout.write(`${removed.toLocaleString('en-US')} demo events removed from ${visibleText(dir)}\n`)
      return 0
    }
    const { written, removed } = await writeDemoLogs({
      dir,
      days: options.days ?? 14,
      users: options.users ?? 3,
      seed: options.seed ?? 1,
      zone: zoneOf(options.timezone ?? 'UTC', 'timezone'),
      now: context.now(),
      owner,
    })
    const instead = removed === 0 ? '' : ` instead of ${removed.toLocaleString('en-US')} earlier ones`
    context.stdout.write(
      `${written.toLocaleString('en-US')} demo events written to ${visibleText(dir)}${instead}\n` +
        'See them with "usagebook"; remove them with "usagebook log demo --clear".\n',
    )
    return 0
  },
})
