// usagebook access token list
import { listTokens } from '../../app/access/tokens.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { homeOf, LIST_FLAGS } from '../flags/access-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { seesText, untilText } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'token', 'list'],
  summary: 'the tokens: what each may see, until when, and when it was last used',
  flags: LIST_FLAGS,
  examples: [
    ['usagebook access token list', 'all tokens, revoked ones too'],
    ['usagebook access token list --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const list = listTokens(homeOf(workspace, options, context))
    const rows = list.tokens.map(token => [
      token.id,
      token.name ?? '',
      token.role,
      seesText(token),
      token.state,
      untilText(token.expiresAt),
      token.lastUsedAt ?? 'never',
    ])
    const header = ['id', 'name', 'role', 'sees', 'state', 'expires', 'last used']
    if (isJson(options)) writeJson(context, list)
    else if (rows.length === 0)
      writeLines(context, ['There are no tokens yet: make one with "usagebook access token create".'])
    else writeLines(context, await listWithHeader(header, rows, context.columns))
    return 0
  },
})
