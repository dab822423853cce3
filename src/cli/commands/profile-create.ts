// usagebook profile create
import { createProfile } from '../../app/profile/create-profile.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, changeRequestOf, clientsFlag, homeOf, setFlag } from '../flags/profile-flags.ts'
import { writeVersionAnswer } from '../output/profile-output.ts'
import { readGivenText } from '../output/read-given-text.ts'

export const command = defineCommand({
  words: ['profile', 'create'],
  summary: 'make a profile, version 1',
  flags: [
    {
      name: 'name',
      value: 'NAME',
      group: 'Profile',
      help: 'the name that people read; needed unless the file has one',
    },
    {
      name: 'id',
      value: 'ID',
      group: 'Profile',
      help: 'the id; else made from the name: "Brand check" is brand_check',
    },
    { name: 'file', value: 'FILE', group: 'Profile', help: 'the content as JSON; - reads standard input' },
    setFlag,
    clientsFlag('visible-to', 'clients that may see it, or all (default)'),
    ...CHANGE_FLAGS,
  ],
  examples: [
    ['usagebook profile create --name "Brand check" --set pass_threshold=80', 'an empty profile with a threshold'],
    ['usagebook profile create --file brand.json --visible-to diageo,unilever', 'from a file, for two clients'],
  ],
  exitCodes: { 1: 'a file could not be read or written', 4: 'there is a profile of that id' },
  async run(options, context, workspace) {
    const visibleTo = options.visibleTo
    const answer = await createProfile(
      {
        ...changeRequestOf(options, context),
        name: options.name,
        id: options.id,
        content: options.file === undefined ? undefined : await readGivenText(options.file, context),
        sets: options.set ?? [],
        visibleTo: visibleTo?.length === 1 && visibleTo[0] === 'all' ? 'all' : visibleTo,
      },
      homeOf(workspace, options, context),
    )
    writeVersionAnswer({ answer, differences: [], changes: [] }, options, context)
    return 0
  },
})
