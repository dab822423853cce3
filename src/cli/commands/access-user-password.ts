// usagebook access user password
import { checkUserIsThere, setPassword } from '../../app/access/users.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, homeOf, PASSWORD_FLAGS } from '../flags/access-flags.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { readPassword } from '../output/read-password.ts'

export const command = defineCommand({
  words: ['access', 'user', 'password'],
  summary: "set a new password, which ends the user's sessions",
  arguments: [{ name: 'name', help: 'the name of the user' }],
  flags: [...PASSWORD_FLAGS, ...CHANGE_FLAGS],
  examples: [
    ['usagebook access user password anna', 'asks for it twice, without showing it'],
    ['pass show usagebook/anna | usagebook access user password anna --password-stdin', 'from a password store'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const { name } = options
    const home = homeOf(workspace, options, context)
    checkUserIsThere(name, home)
    const password = await readPassword(options.passwordStdin === true, name, context)
    const changed = await setPassword({ name, password, by: actorOf(options, context) }, home)
    if (isJson(options)) writeJson(context, changed)
    else writeLines(context, [visibleText(`User ${changed.name} has a new password and was logged out everywhere.`)])
    return 0
  },
})
