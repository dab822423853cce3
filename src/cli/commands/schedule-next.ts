// usagebook schedule next

import { wholeNumber } from '../../app/request/parse-option.ts'
import { nextTimes } from '../../app/schedule/list-jobs.ts'
import { jobNamed } from '../../app/schedule/read-schedule.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { isJson } from '../flags/profile-flags.ts'
import { jobsOf, NO_JOBS, SCHEDULE_FLAGS } from '../flags/schedule-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { localText, utcText } from './schedule-list.ts'

const USUAL_COUNT = 10

export const command = defineCommand({
  words: ['schedule', 'next'],
  summary: 'the next times at which jobs are due',
  description: 'In the zone of each job and in UTC, in their order. Nothing is run.',
  arguments: [{ name: 'name', help: 'only this job', isOptional: true }],
  flags: [
    {
      name: 'count',
      value: 'N',
      group: 'Output',
      help: `so many times; default ${USUAL_COUNT}`,
      parse: wholeNumber(1, 1000),
    },
    ...SCHEDULE_FLAGS,
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook schedule next', 'what comes next'],
    ['usagebook schedule next weekly-report --count 3', 'of one job'],
  ],
  async run(options, context, workspace, commandLine) {
    const { name, count = USUAL_COUNT } = options
    const jobs = await jobsOf(options, context, workspace, commandLine)
    const times = nextTimes(name === undefined ? jobs : [jobNamed(name, jobs)], context.now(), count)
    if (isJson(options)) writeJson(context, { times })
    else if (jobs.length === 0) writeLines(context, [NO_JOBS])
    else {
      const rows = times.map(({ job, at, local, timezone }) => [localText(local, timezone), utcText(at), job])
      writeLines(context, await listWithHeader(['time', 'in UTC', 'job'], rows, context.columns))
    }
    return 0
  },
})
