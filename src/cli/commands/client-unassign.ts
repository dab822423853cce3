// usagebook client unassign
import { unassignProfile } from '../../app/client/unassign-profile.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, homeOf } from '../flags/profile-flags.ts'
import { writeClientAnswer } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['client', 'unassign'],
  summary: 'take a profile from a client',
  arguments: [
    { name: 'client', help: 'the id of the client' },
    { name: 'id', help: 'brand_check, whatever version the client uses' },
  ],
  flags: CHANGE_FLAGS,
  examples: [
    ['usagebook client unassign diageo brand_check', 'whatever version it uses'],
    ['usagebook client unassign diageo brand_check -m "not needed"', 'with the reason'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const request = {
      ...changeRequestOf(options, context),
      client: options.client,
      id: options.id,
    }
    writeClientAnswer(await unassignProfile(request, homeOf(workspace, options, context)), options, context)
    return 0
  },
})
