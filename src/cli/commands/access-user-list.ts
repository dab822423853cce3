// usagebook access user list
import { listUsers } from '../../app/access/users.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { homeOf, LIST_FLAGS } from '../flags/access-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { seesText } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'user', 'list'],
  summary: 'the users and what each may see',
  flags: LIST_FLAGS,
  examples: [
    ['usagebook access user list', 'all users'],
    ['usagebook access user list --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const list = listUsers(homeOf(workspace, options, context))
    const rows = list.users.map(user => [
      user.name,
      user.role,
      seesText(user),
      user.hasPassword ? 'yes' : 'no',
      user.createdAt,
      user.createdBy,
    ])
    const header = ['name', 'role', 'sees', 'password', 'added', 'by']
    if (isJson(options)) writeJson(context, list)
    else if (rows.length === 0)
      writeLines(context, ['There are no users yet: add one with "usagebook access user add NAME".'])
    else writeLines(context, await listWithHeader(header, rows, context.columns))
    return 0
  },
})
