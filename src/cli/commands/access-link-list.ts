// usagebook access link list
import { listLinks } from '../../app/access/share-links.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { homeOf, LIST_FLAGS } from '../flags/access-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { seesText } from '../output/access-output.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'link', 'list'],
  summary: 'the share links: what each shows, and until when',
  flags: LIST_FLAGS,
  examples: [
    ['usagebook access link list', 'all links, revoked ones too'],
    ['usagebook access link list --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const list = listLinks(homeOf(workspace, options, context))
    const rows = list.links.map(link => [
      link.id,
      link.name ?? '',
      [link.report, ...Object.entries(link.parameters).map(([name, values]) => `${name}=${values.join(',')}`)].join(
        ' ',
      ),
      seesText({ clients: link.clients, user: null }),
      link.state,
      link.expiresAt,
    ])
    const header = ['id', 'name', 'shows', 'of', 'state', 'expires']
    if (isJson(options)) writeJson(context, list)
    else if (rows.length === 0)
      writeLines(context, ['There are no links yet: make one with "usagebook access link create".'])
    else writeLines(context, await listWithHeader(header, rows, context.columns))
    return 0
  },
})
