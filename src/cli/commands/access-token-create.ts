// usagebook access token create
import { TOKEN } from '../../app/access/parameters.ts'
import { createToken } from '../../app/access/tokens.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, GRANT_FLAGS, grantOf, homeOf } from '../flags/access-flags.ts'
import { flagsOfParameters } from '../flags/flag.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { formatFields, seesText, untilText, warnOfNothing } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'token', 'create'],
  summary: 'make a token for a program',
  description:
    'The token is shown only once and stored nowhere: only its hash is kept. A program sends it as "Authorization: Bearer TOKEN".',
  flags: [...GRANT_FLAGS, ...flagsOfParameters('Access', TOKEN), ...CHANGE_FLAGS],
  examples: [
    [
      'usagebook access token create --role viewer --client diageo --name grafana --expires 90d',
      "a client's reports, for 90 days",
    ],
    ["usagebook access token create --role manager --client '*' --format json", 'all clients; the token is "token"'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const { name, expires } = options
    const request = { ...grantOf(options), by: actorOf(options, context), name, expiresInMs: expires }
    const made = await createToken(request, homeOf(workspace, options, context))
    if (isJson(options)) writeJson(context, made)
    else {
      const fields = formatFields([
        ['token', made.token],
        ['id', made.id],
        ['role', made.role],
        ['sees', seesText(made)],
        ['expires', untilText(made.expiresAt)],
      ])
      writeLines(context, [...fields, 'Save it now: it is not shown again.'])
    }
    warnOfNothing(made, options, context)
    return 0
  },
})
