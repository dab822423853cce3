// usagebook client add
import { addClient } from '../../app/client/add-client.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, homeOf } from '../flags/profile-flags.ts'
import { writeClientAnswer } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['client', 'add'],
  summary: 'add a client',
  arguments: [{ name: 'client', help: 'its id, as the usage logs name it' }],
  flags: [{ name: 'name', value: 'NAME', group: 'Profile', help: 'the name that people read' }, ...CHANGE_FLAGS],
  examples: [
    ['usagebook client add diageo --name Diageo', 'a client with a name'],
    ['usagebook client add nestle --dry-run', 'see whether it could be added'],
  ],
  exitCodes: { 1: 'a file could not be read or written', 4: 'there is a client of that id' },
  async run(options, context, workspace) {
    const request = {
      ...changeRequestOf(options, context),
      client: options.client,
      name: options.name,
    }
    writeClientAnswer(await addClient(request, homeOf(workspace, options, context)), options, context)
    return 0
  },
})
