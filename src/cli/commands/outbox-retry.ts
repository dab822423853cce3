// usagebook outbox retry
import { listMessages, retryMessages, undeliveredText } from '../../app/alert/messages.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { isJson, noteOf } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['outbox', 'retry'],
  summary: 'send messages that have not arrived again, at once',
  description: 'Those that were given up too; each keeps its id, so who has it already can tell.',
  arguments: [
    { name: 'ids', help: 'ids of messages; default all that have not arrived', isOptional: true, isMany: true },
  ],
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook outbox retry', 'all that have not arrived'],
    ['usagebook outbox retry msg_0a1b…', 'one of them'],
  ],
  exitCodes: { 1: 'a message did not arrive this time either' },
  async run(options, context, workspace) {
    const note = noteOf(options, context)
    const { delivered, undelivered } = await retryMessages(options.ids ?? [], workspace, context, note)
    if (isJson(options)) writeJson(context, { delivered, undelivered: listMessages(workspace.root, false) })
    else writeLines(context, [`${delivered} arrived, ${undelivered.length} did not.`])
    for (const one of undelivered) context.stderr.write(`error: ${visibleText(undeliveredText(one))}\n`)
    return undelivered.length > 0 ? 1 : 0
  },
})
