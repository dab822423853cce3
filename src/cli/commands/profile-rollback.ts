// usagebook profile rollback
import { rollbackProfile } from '../../app/profile/rollback-profile.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, expectVersionFlag, homeOf } from '../flags/profile-flags.ts'
import { writeVersionAnswer } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'rollback'],
  summary: 'bring an old version back, as a new version that equals it',
  description: 'Shows what that changes. A rollback can be rolled back: nothing is ever deleted.',
  arguments: [{ name: 'id', help: 'brand_check' }],
  flags: [
    {
      name: 'to',
      value: 'N',
      group: 'Profile',
      help: 'the version; default the one before the newest',
      parse: wholeNumber(1),
    },
    expectVersionFlag,
    ...CHANGE_FLAGS,
  ],
  examples: [
    ['usagebook profile rollback brand_check --dry-run', 'see what undoing the last edit would change'],
    ['usagebook profile rollback brand_check --to 1 -m "too strict"', 'back to version 1'],
  ],
  exitCodes: { 1: 'a file could not be read or written', 4: 'the newest version is not the expected one' },
  async run(options, context, workspace) {
    const changed = await rollbackProfile(
      {
        ...changeRequestOf(options, context),
        id: options.id,
        to: options.to,
        expectVersion: options.expectVersion,
      },
      homeOf(workspace, options, context),
    )
    writeVersionAnswer(changed, options, context)
    return 0
  },
})
