// usagebook access user remove
import { removeUser } from '../../app/access/users.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, homeOf } from '../flags/access-flags.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'user', 'remove'],
  summary: "remove a user, which ends the user's sessions",
  arguments: [{ name: 'name', help: 'the name of the user' }],
  flags: CHANGE_FLAGS,
  examples: [
    ['usagebook access user remove anna', 'at once'],
    ['usagebook access user remove anna --by carla --format json', 'says who did it, for a program'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const request = { name: options.name, by: actorOf(options, context) }
    const removed = await removeUser(request, homeOf(workspace, options, context))
    if (isJson(options)) writeJson(context, removed)
    else writeLines(context, [visibleText(`User ${removed.name} was removed.`)])
    return 0
  },
})
