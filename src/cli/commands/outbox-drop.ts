// usagebook outbox drop
import { auditedChange } from '../../app/access/audited-change.ts'
import { dropMessages } from '../../app/alert/messages.ts'
import { defineCommand } from '../command.ts'
import { homeOf } from '../flags/access-flags.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { actorOf, byFlag, isJson, noteOf } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['outbox', 'drop'],
  summary: 'give messages up that have not arrived',
  description:
    'They are not sent, and neither "usagebook check" nor "usagebook doctor" speaks of them any more. One that arrived stays as it is. "usagebook outbox retry ID" takes it back.',
  arguments: [{ name: 'ids', help: 'ids of messages, as "usagebook outbox list" shows them', isMany: true }],
  flags: [{ ...byFlag, group: 'Alerts' }, formatFlag(['text', 'json'])],
  examples: [
    ['usagebook outbox drop msg_0a1b…', 'one of them'],
    ['usagebook outbox drop msg_0a1b… msg_2c3d… --json', 'two, for a program'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const note = noteOf(options, context)
    const { ids = [] } = options
    const change = { by: actorOf(options, context), action: 'outbox.drop', detail: { messages: ids }, say: note }
    const answer = await auditedChange(
      change,
      homeOf(workspace, options, context),
      () => dropMessages(ids, workspace.root, context, note),
      ({ dropped }) => ({ dropped }),
    )
    const { length } = answer.dropped
    if (isJson(options)) writeJson(context, answer)
    else writeLines(context, [length === 1 ? '1 message is given up.' : `${length} messages are given up.`])
    return 0
  },
})
