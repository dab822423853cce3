// usagebook access link create
import { LINK } from '../../app/access/parameters.ts'
import { createLink, LINK_MS } from '../../app/access/share-links.ts'
import { REPORT_NAMES } from '../../report/catalogue.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, homeOf } from '../flags/access-flags.ts'
import { flagsOfParameters } from '../flags/flag.ts'
import { LINK_FLAGS, linkParametersOf } from '../flags/link-flags.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { formatFields, seesText } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'link', 'create'],
  summary: 'make a link to a report for somebody without a login',
  description:
    'Until it expires or is revoked, whoever has the link sees that report or the dashboard for these clients and with these filters, and nothing else. A range such as --period last-month moves on with time; dates stay.',
  arguments: [
    {
      name: 'report',
      help: 'the report that it shows; the dashboard is the default',
      isOptional: true,
      choices: ['dashboard', ...REPORT_NAMES],
    },
  ],
  flags: [...flagsOfParameters('Access', LINK), ...CHANGE_FLAGS, ...LINK_FLAGS],
  examples: [
    ['usagebook access link create --client diageo --expires 7d', 'the dashboard of a client, for a week'],
    [
      'usagebook access link create models --client diageo --period 2026-01 --name "board of diageo"',
      'one report of one month',
    ],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const { report, name, client = [], expires } = options
    const request = {
      by: actorOf(options, context),
      report,
      name,
      clients: client,
      parameters: linkParametersOf(options),
      expiresInMs: expires ?? LINK_MS,
    }
    const made = await createLink(request, homeOf(workspace, options, context))
    if (isJson(options)) writeJson(context, made)
    else {
      const fields = formatFields([
        ['path', made.path],
        ['id', made.id],
        ['shows', made.report],
        ['of', seesText({ clients: made.clients, user: null })],
        ['expires', made.expiresAt],
      ])
      writeLines(context, [...fields, "Append it to the server's address. Save it now: it is not shown again."])
    }
    return 0
  },
})
