// usagebook log append: events from standard input into the logs.
import { appendEvents } from '../../app/event/append-events.ts'
import { zoneOf } from '../../app/request/log-request.ts'
import { logFolderOf } from '../../app/workspace/log-places.ts'
import { describeReason } from '../../query/ledger.ts'
import { defineCommand } from '../command.ts'
import { LOG_DAY_FLAG, LOG_FOLDER_FLAG } from '../flags/log-flags.ts'

const LOG_TIMEZONE_FLAG = {
  name: 'log-timezone',
  value: 'ZONE',
  group: 'Log',
  help: 'time zone of times without an offset; default --timezone',
} as const

const REJECTS_SHOWN = 10

export const command = defineCommand({
  words: ['log', 'append'],
  summary: 'append events from standard input to the logs',
  description:
    'Reads one JSON object a line, checks each as a report would, and appends it to the file of its day; an event without a time gets the current one. For shell scripts and for programs in other languages. Several can run at once.',
  flags: [LOG_FOLDER_FLAG, LOG_DAY_FLAG, LOG_TIMEZONE_FLAG],
  examples: [
    [
      `echo '{"client":"diageo","model":"gpt-4o","input_tokens":900}' | usagebook log append`,
      'an event from a shell script',
    ],
    ['usagebook log append --logs /var/log/usage < export.jsonl', 'events of another program'],
  ],
  exitCodes: { 1: 'the logs could not be written', 3: 'a line was not an event; all others were appended' },
  async run(options, context, workspace) {
    const zone = zoneOf(options.timezone ?? 'UTC', 'timezone')
    const logTimezone = options.logTimezone
    const { appended, rejected } = await appendEvents({
      dir: logFolderOf(options, context, workspace),
      zone,
      logZone: logTimezone === undefined ? zone : zoneOf(logTimezone, 'logTimezone'),
      stdin: context.stdin,
      now: () => context.now(),
    })
    if (options.quiet !== true) context.stderr.write(`${countText(appended, 'event')} appended\n`)
    for (const problem of rejected.slice(0, REJECTS_SHOWN))
      context.stderr.write(`line ${problem.line} was not appended: ${describeReason(problem)}\n`)
    if (rejected.length > REJECTS_SHOWN)
      context.stderr.write(`${countText(rejected.length - REJECTS_SHOWN, 'more line')} not appended\n`)
    return rejected.length === 0 ? 0 : 3
  },
})

function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
