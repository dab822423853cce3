// usagebook profile who-uses
import { whoUsesProfile } from '../../app/profile/who-uses-profile.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'who-uses'],
  summary: 'which clients use a profile, and which version',
  arguments: [{ name: 'id', help: 'brand_check for all versions, brand_check@1 for one' }],
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook profile who-uses brand_check', 'clients on any of its versions'],
    ['usagebook profile who-uses brand_check@1', 'clients still on version 1'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const { uses, ...rest } = await whoUsesProfile(options.id, homeOf(workspace, options, context))
    if (isJson(options)) writeJson(context, { ...rest, uses })
    else if (uses.length === 0) writeLines(context, ['nobody'])
    else {
      const rows = uses.map(({ client, name, profileId, version }) => {
        const age = version === rest.newestVersion ? '' : `version ${rest.newestVersion} is newer`
        return [client, name ?? '', profileId, age]
      })
      writeLines(context, await listWithHeader(['client', 'name', 'uses', ''], rows, context.columns))
    }
    return 0
  },
})
