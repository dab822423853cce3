// usagebook client show
import { showClient } from '../../app/client/show-client.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['client', 'show'],
  summary: 'what a client uses, and what else it may see',
  arguments: [{ name: 'client', help: 'the id of the client' }],
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook client show diageo', 'its profiles'],
    ['usagebook client show diageo --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a file could not be read' },
  async run(options, context, workspace) {
    const shown = await showClient(options.client, homeOf(workspace, options, context))
    if (isJson(options)) {
      writeJson(context, shown)
      return 0
    }
    const uses = shown.uses.map(({ profileId, version, newestVersion }) =>
      newestVersion === null || newestVersion === version
        ? profileId
        : `${profileId} (version ${newestVersion} is newer)`,
    )
    writeLines(context, [
      visibleText(shown.name === null ? shown.id : `${shown.id}: ${shown.name}`),
      `uses     ${uses.join(', ') || 'no profile'}`,
      `may see  ${shown.maySee.join(', ') || 'no other'}`,
    ])
    return 0
  },
})
