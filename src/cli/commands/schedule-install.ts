// usagebook schedule install
import { planTables, timetableText, writeTables } from '../../app/schedule/timetables.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { calledOf, SCHEDULE_FLAGS, TIMETABLE_FLAGS } from '../flags/schedule-flags.ts'
import { confirm } from '../output/confirm.ts'
import { writeLines } from '../output/profile-output.ts'
import { USUAL_UNIT } from './schedule-print.ts'

export const command = defineCommand({
  words: ['schedule', 'install'],
  summary: 'let cron or systemd run the schedule',
  description:
    'Adds the line to your crontab, or writes the units into ~/.config/systemd/user, after asking. What else is in the crontab stays as it is. Once is enough: the jobs may change without it.',
  flags: [
    ...TIMETABLE_FLAGS,
    { name: 'dry-run', group: 'Output', help: 'only say what would be written' },
    { name: 'yes', group: 'Output', help: 'do not ask; needed where there is no terminal' },
    ...SCHEDULE_FLAGS,
  ],
  examples: [
    ['usagebook schedule install', 'into your crontab'],
    ['usagebook schedule install --as systemd --dry-run', 'see the units and where they would go'],
  ],
  exitCodes: { 1: 'the crontab or a file could not be written', 4: 'a unit of this name is of another workspace' },
  async run(options, context, workspace) {
    const { as = 'cron', name = USUAL_UNIT } = options
    const called = calledOf(options, context, workspace)
    const tables = planTables(as, name, called, context)
    if (tables.length === 0) {
      writeLines(context, ['It is installed already.'])
      return 0
    }
    const places = tables.map(({ file }) => (file === null ? 'your crontab' : visibleText(file)))
    const isCron = as === 'cron'
    context.stdout.write(timetableText(as, name, called))
    if (options.dryRun === true) {
      writeLines(context, ['', `This would go into ${places.join(' and ')}. Nothing was written.`])
      return 0
    }
    if (options.yes !== true && !(await confirm(`Write it into ${places.join(' and ')}?`, context))) {
      writeLines(context, ['Nothing was written.'])
      return 0
    }
    writeTables(tables, context)
    writeLines(context, ['', `Written: ${places.join(', ')}.`, ...(isCron ? [] : nextSteps(name))])
    return 0
  },
})

function nextSteps(name: string): string[] {
  return [
    `Start it with: systemctl --user daemon-reload && systemctl --user enable --now ${name}.timer`,
    'So that it runs while you are not logged in: loginctl enable-linger',
  ]
}
