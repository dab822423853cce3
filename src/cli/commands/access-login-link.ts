// usagebook access login-link
import { createLoginLink } from '../../app/access/logins.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, homeOf } from '../flags/access-flags.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { formatFields } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'login-link'],
  summary: 'make a link that logs a browser in as an admin, once and within ten minutes',
  flags: CHANGE_FLAGS,
  examples: [
    ['usagebook access login-link', 'for the first login, before there are users'],
    ['usagebook access login-link --by anna', 'the audit then names anna'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const made = await createLoginLink({ by: actorOf(options, context) }, homeOf(workspace, options, context))
    if (isJson(options)) writeJson(context, made)
    else {
      const fields = formatFields([
        ['path', made.path],
        ['expires', made.expiresAt],
      ])
      writeLines(context, [...fields, "Append it to the server's address. It works once."])
    }
    return 0
  },
})
