// usagebook profile list
import type { ListedProfile } from '../../app/profile/answers.ts'
import { listProfiles } from '../../app/profile/list-profiles.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'list'],
  summary: 'the profiles, who may see them and who uses them',
  flags: [
    { name: 'client', value: 'CLIENT', group: 'Filters', help: 'only what this client may see' },
    { name: 'all-versions', group: 'Filters', help: 'all versions, not only the newest of each profile' },
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook profile list', 'the newest version of every profile'],
    ['usagebook profile list --client diageo', 'what diageo may see'],
  ],
  exitCodes: { 1: 'a profile could not be read; the others are listed' },
  async run(options, context, workspace) {
    const client = options.client
    const request = { client, isAllVersions: options.allVersions === true }
    const list = await listProfiles(request, homeOf(workspace, options, context))
    if (isJson(options)) writeJson(context, list)
    else if (list.profiles.length === 0) writeLines(context, [noneText(client)])
    else {
      const header = ['profile', 'name', 'visible to', 'used by', 'changed']
      writeLines(context, await listWithHeader(header, list.profiles.map(rowOf), context.columns))
    }
    for (const { profileId, why } of list.broken)
      context.stderr.write(`warning: ${visibleText(`${profileId} is left out: ${why}`)}\n`)
    return list.broken.length === 0 ? 0 : 1
  },
})

function rowOf(listed: ListedProfile): string[] {
  const users = listed.usedBy.map(({ client, version }) =>
    version === listed.version ? client : `${client} (v${version})`,
  )
  const visible = listed.visibility === 'all' ? 'all' : listed.visibleToClients.join(', ')
  return [listed.profileId, listed.name, visible, users.join(', ') || '-', (listed.modifiedAt ?? '').slice(0, 10)]
}

function noneText(client: string | undefined): string {
  return client === undefined
    ? 'There are no profiles yet: make one with "usagebook profile create --name N".'
    : `There is no profile that ${visibleText(client)} may see.`
}
