// usagebook access user add
import { addUser, checkUser } from '../../app/access/users.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, GRANT_FLAGS, grantOf, homeOf, PASSWORD_FLAGS } from '../flags/access-flags.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { seesText, warnOfNothing } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { readPassword } from '../output/read-password.ts'

export const command = defineCommand({
  words: ['access', 'user', 'add'],
  summary: 'let somebody log in with a name',
  description:
    'Asks for the password twice without showing it; --password-stdin takes it from a pipe. A user without a password can log in only through the proxy or the host application.',
  arguments: [{ name: 'name', help: 'the name to log in with' }],
  flags: [
    ...GRANT_FLAGS,
    ...PASSWORD_FLAGS,
    {
      name: 'no-password',
      group: 'Access',
      help: 'for users who log in only through the proxy or the host application',
    },
    ...CHANGE_FLAGS,
  ],
  examples: [
    ['usagebook access user add anna --role manager --client diageo', 'asks for the password'],
    [
      "pass show usagebook/ben | usagebook access user add ben --role viewer --client '*' --password-stdin",
      'from a password store',
    ],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const { name, noPassword, passwordStdin } = options
    if (noPassword === true && passwordStdin === true) {
      throw new UsageError('password-or-none', 'The user cannot both have a password and have none.', {
        where: { option: 'noPassword' },
        hint: `Leave ${optionName('noPassword')} or ${optionName('passwordStdin')} out.`,
      })
    }
    const home = homeOf(workspace, options, context)
    const request = { ...grantOf(options), by: actorOf(options, context), name }
    checkUser(request, home)
    const password = noPassword === true ? undefined : await readPassword(passwordStdin === true, name, context)
    const added = await addUser({ ...request, password }, home)
    if (isJson(options)) writeJson(context, added)
    else writeLines(context, [visibleText(`User ${added.name} was added: ${added.role}, sees ${seesText(added)}.`)])
    warnOfNothing(added, options, context)
    return 0
  },
})
