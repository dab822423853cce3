// usagebook access link revoke
import { revokeLink } from '../../app/access/share-links.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { CHANGE_FLAGS, homeOf } from '../flags/access-flags.ts'
import { actorOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['access', 'link', 'revoke'],
  summary: 'end a link, at once and for good',
  arguments: [{ name: 'id', help: 'its id, or its name if no other has it' }],
  flags: CHANGE_FLAGS,
  examples: [
    ['usagebook access link revoke l1', 'by its id'],
    ['usagebook access link revoke board', 'by its name'],
  ],
  exitCodes: { 1: 'a file could not be read or written' },
  async run(options, context, workspace) {
    const request = { id: options.id, by: actorOf(options, context) }
    const revoked = await revokeLink(request, homeOf(workspace, options, context))
    const name = revoked.name === null ? '' : ` (${revoked.name})`
    if (isJson(options)) writeJson(context, revoked)
    else writeLines(context, [visibleText(`Link ${revoked.id}${name} was revoked.`)])
    return 0
  },
})
