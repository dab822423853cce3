// usagebook alert test

import { undeliveredText } from '../../app/alert/messages.ts'
import { testTargets } from '../../app/alert/test-targets.ts'
import { planOfAsking } from '../../app/alert/workspace-asking.ts'
import { zoneOf } from '../../app/request/log-request.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { ASKING_FLAGS, askingOf } from '../flags/alert-flags.ts'
import { isJson, noteOf } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['alert', 'test'],
  summary: 'send a test message with real numbers',
  description:
    'Sends what the last seven days cost to the targets of alerts.json, to see that it arrives and how it looks.',
  arguments: [{ name: 'targets', help: 'only to these; default all', isOptional: true, isMany: true }],
  flags: ASKING_FLAGS,
  examples: [
    ['usagebook alert test', 'to all targets'],
    ['usagebook alert test ops', 'to one'],
  ],
  exitCodes: { 1: 'it has not arrived everywhere, or a log could not be read' },
  async run(options, context, workspace) {
    const asking = askingOf(options, context, workspace)
    const zone = zoneOf(options.timezone ?? context.timezone(), 'timezone')
    const note = noteOf(options, context)
    const answer = await testTargets(options.targets ?? [], planOfAsking(asking), zone, asking, text => note?.(text))
    const { targets, message, undelivered, failures } = answer
    const missed = new Set(undelivered.map(({ target }) => target))
    const arrived = targets.filter(target => !missed.has(target))
    if (isJson(options))
      writeJson(context, { message, arrived, undelivered: undelivered.map(({ nextAt: _, ...one }) => one) })
    else if (targets.length === 0) writeLines(context, ['There are no targets yet: add one to alerts.json.'])
    else if (arrived.length > 0)
      writeLines(context, [visibleText(`"${message.title}" has arrived at ${arrived.join(', ')}.`)])
    for (const one of undelivered) context.stderr.write(`${visibleText(undeliveredText(one))}\n`)
    writeFailures(failures, context)
    return undelivered.length + failures.length > 0 ? 1 : 0
  },
})
