// usagebook outbox list
import { type ListedMessage, listMessages } from '../../app/alert/messages.ts'
import { visibleText } from '../../base/safe-text.ts'
import { layOutList } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['outbox', 'list'],
  summary: 'the messages that have not arrived, and why',
  description: 'A message is tried again for three days, then it is given up. Nothing is sent by this command.',
  flags: [{ name: 'all', group: 'Output', help: 'also the messages that arrived' }, formatFlag(['text', 'json'])],
  examples: [
    ['usagebook outbox list', 'what is on its way, and what was given up'],
    ['usagebook outbox list --all --format json', 'every message, for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const messages = listMessages(workspace.root, options.all === true)
    if (isJson(options)) writeJson(context, { messages })
    else if (messages.length === 0) writeLines(context, ['Every message has arrived.'])
    else writeLines(context, await layOutList(messages.map(rowOf)))
    return 0
  },
})

function rowOf({ id, target, state, tries, nextAt, title, problem }: ListedMessage): string[] {
  const count = tries === 1 ? '1 try' : `${tries} tries`
  const next = nextAt === null ? count : `${count}, the next at ${nextAt}`
  const lines = [title, problem === null ? next : `${next}: ${problem}`, id]
  return [state, visibleText(target), lines.map(visibleText).join('\n')]
}
