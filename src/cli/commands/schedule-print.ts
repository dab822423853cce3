// usagebook schedule print
import { timetableText } from '../../app/schedule/timetables.ts'
import { defineCommand } from '../command.ts'
import { calledOf, SCHEDULE_FLAGS, TIMETABLE_FLAGS } from '../flags/schedule-flags.ts'

export const USUAL_UNIT = 'usagebook'

export const command = defineCommand({
  words: ['schedule', 'print'],
  summary: 'what lets cron or systemd run the schedule, to look at',
  description:
    'A line for a crontab, or two units for systemd, that call "usagebook schedule run" every minute. Nothing is written. The jobs may change without it.',
  flags: [...TIMETABLE_FLAGS, ...SCHEDULE_FLAGS],
  examples: [
    ['usagebook schedule print', 'the line for cron'],
    ['usagebook schedule print --as systemd', 'the units for systemd'],
  ],
  async run(options, context, workspace) {
    const { as = 'cron', name = USUAL_UNIT } = options
    context.stdout.write(timetableText(as, name, calledOf(options, context, workspace)))
    return 0
  },
})
