// usagebook profile visibility
import { changeVisibility } from '../../app/profile/change-visibility.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, clientsFlag, expectVersionFlag, homeOf } from '../flags/profile-flags.ts'
import { writeVersionAnswer } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'visibility'],
  summary: 'say which clients may see a profile',
  description:
    'This is an edit, so it makes a new version. A client that may not see the profile any more stops using it.',
  arguments: [{ name: 'id', help: 'brand_check' }],
  flags: [
    { name: 'all', group: 'Profile', help: 'all clients' },
    clientsFlag('clients', 'only these clients'),
    clientsFlag('add', 'these clients too'),
    clientsFlag('remove', 'no longer these clients'),
    expectVersionFlag,
    ...CHANGE_FLAGS,
  ],
  examples: [
    ['usagebook profile visibility brand_check --clients diageo,unilever', 'two clients only'],
    ['usagebook profile visibility brand_check --add loreal -m "new contract"', 'one more'],
  ],
  exitCodes: { 1: 'a file could not be read or written', 4: 'the newest version is not the expected one' },
  async run(options, context, workspace) {
    const changed = await changeVisibility(
      {
        ...changeRequestOf(options, context),
        id: options.id,
        expectVersion: options.expectVersion,
        isForAll: options.all === true,
        clients: options.clients,
        add: options.add ?? [],
        remove: options.remove ?? [],
      },
      homeOf(workspace, options, context),
    )
    writeVersionAnswer(changed, options, context)
    return 0
  },
})
