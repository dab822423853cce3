// usagebook threats list
import { buildLogRequest } from '../../app/request/log-request.ts'
import { type FoundThreat, findThreats } from '../../app/threat/find-threats.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { isJson } from '../flags/profile-flags.ts'
import * as flags from '../flags/report-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['threats', 'list'],
  summary: 'the threats one by one, the newest first, with their ids',
  flags: [
    { name: 'open', group: 'Filters', help: 'only those that are not resolved' },
    ...flags.only(flags.FILTER_FLAGS, 'client', 'user', 'where'),
    ...flags.RANGE_FLAGS,
    ...flags.only(flags.INPUT_FLAGS, 'logs', 'source-format', 'dedupe', 'threads', 'cache'),
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook threats list --open', 'what somebody has to look at'],
    ['usagebook threats list --last-days 7 --format json', 'the last week, for a program'],
  ],
  exitCodes: { 1: 'a log could not be read' },
  async run(options, context, workspace) {
    const { threats: found, failures } = await findThreats(await buildLogRequest(options, context, workspace))
    const threats = options.open === true ? found.filter(({ resolved }) => !resolved) : found
    writeFailures(failures, context)
    if (isJson(options)) writeJson(context, { threats, total: threats.length })
    else if (threats.length === 0) writeLines(context, ['There are no such threats.'])
    else writeLines(context, await listWithHeader(HEADER, threats.map(rowOf), context.columns))
    return failures.length > 0 ? 1 : 0
  },
})

const HEADER = ['id', 'time', 'type', 'severity', 'client', 'user', 'address', 'resolved']

function rowOf({ id, timestamp, threat_type, severity, client, user, ip, resolved, count }: FoundThreat): string[] {
  const name = id ?? (count === 1 ? '' : `${count} without an id`)
  const time = timestamp.slice(0, 16).replace('T', ' ')
  return [name, time, threat_type, severity, client, user, ip, resolved ? 'yes' : 'no'].map(text =>
    visibleText(text ?? ''),
  )
}
