// usagebook client assign
import { assignProfile } from '../../app/client/assign-profile.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, homeOf } from '../flags/profile-flags.ts'
import { writeClientAnswer } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['client', 'assign'],
  summary: 'let a client use a version of a profile, instead of the one it uses',
  description: 'A client cannot be given what it may not see.',
  arguments: [
    { name: 'client', help: 'the id of the client' },
    { name: 'id', help: 'brand_check for the newest version, brand_check@1 for an old one' },
  ],
  flags: CHANGE_FLAGS,
  examples: [
    ['usagebook client assign diageo brand_check', 'its newest version'],
    ['usagebook client assign diageo brand_check@1', 'an old version'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const request = {
      ...changeRequestOf(options, context),
      client: options.client,
      id: options.id,
    }
    writeClientAnswer(await assignProfile(request, homeOf(workspace, options, context)), options, context)
    return 0
  },
})
