// usagebook client remove
import { removeClient } from '../../app/client/remove-client.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, homeOf } from '../flags/profile-flags.ts'
import { writeClientAnswer } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['client', 'remove'],
  summary: 'remove a client',
  description: 'A client on the visibility list of a profile must be removed from that list first.',
  arguments: [{ name: 'client', help: 'the id of the client' }],
  flags: CHANGE_FLAGS,
  examples: [
    ['usagebook client remove nestle -m "contract ended"', 'with the reason'],
    ['usagebook client remove nestle --dry-run', 'see what it uses'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const request = { ...changeRequestOf(options, context), client: options.client }
    writeClientAnswer(await removeClient(request, homeOf(workspace, options, context)), options, context)
    return 0
  },
})
