// usagebook threats resolve
import { buildAllThreatsRequest, buildResolveRequest } from '../../app/request/threats-request.ts'
import { findThreats } from '../../app/threat/find-threats.ts'
import { resolveThreats } from '../../app/threat/resolve-threats.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { LOG_FOLDER_FLAG } from '../flags/log-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['threats', 'resolve'],
  summary: 'say that somebody has dealt with threats',
  description:
    'Appends an event of the kind threat_resolved to the logs for each threat, and every report counts it as resolved, also a report about the day of the threat. One that is resolved already is left as it is. A threat is known by its id; one without cannot be resolved.',
  arguments: [{ name: 'ids', help: 'the ids of threats, as "usagebook threats list" shows them', isMany: true }],
  flags: [
    { name: 'note', value: 'TEXT', group: 'Log', help: 'what was done about them' },
    LOG_FOLDER_FLAG,
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook threats resolve t-17', 'one threat'],
    ['usagebook threats resolve t-17 t-18 --note "address blocked"', 'two, with what was done'],
  ],
  exitCodes: { 1: 'the logs could not be read or written' },
  async run(options, context, workspace) {
    const { ids = [], note } = options
    const logs = options.logs === undefined ? {} : { logs: [options.logs] }
    const all = await buildAllThreatsRequest(logs, context, workspace)
    const request = await buildResolveRequest({ ...logs, ids, note }, context, workspace)
    const answer = await resolveThreats(request, async () => {
      const { threats, failures } = await findThreats(all)
      writeFailures(failures, context)
      return threats
    })
    if (isJson(options)) writeJson(context, answer)
    else writeLines(context, [visibleText(answer.message)])
    return 0
  },
})
