// usagebook client list
import { listClients } from '../../app/client/list-clients.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['client', 'list'],
  summary: 'the clients and the profile versions that they use',
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook client list', 'all clients'],
    ['usagebook client list --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const list = await listClients(homeOf(workspace, options, context))
    const rows = list.clients.map(({ id, name, profiles }) => [id, name ?? '', profiles.join(', ') || '-'])
    if (isJson(options)) writeJson(context, list)
    else if (rows.length === 0)
      writeLines(context, ['There are no clients yet: add one with "usagebook client add ID".'])
    else writeLines(context, await listWithHeader(['client', 'name', 'uses'], rows, context.columns))
    return 0
  },
})
