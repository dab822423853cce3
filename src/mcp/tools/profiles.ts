// The tool `profiles`: which profiles there are, who may see them and who uses them. What is in them may be parts of prompts, and stays.
import { profileHome } from '../../app/profile/home.ts'
import { listProfiles } from '../../app/profile/list-profiles.ts'
import type { Parameter } from '../../app/request/parameters.ts'
import { readGiven } from '../../library/given-options.ts'
import { profileList } from '../../server/resources/profile-answers.ts'
import { LIST_PARAMETERS } from '../../server/routes/profiles.ts'
import type { Document } from '../document-page.ts'
import { CURSOR, documentPage } from '../paging.ts'
import { answerSchema } from '../schemas.ts'
import type { Tool } from '../tool.ts'

const PARAMETERS = {
  client: LIST_PARAMETERS.client,
  allVersions: LIST_PARAMETERS.allVersions,
  ...CURSOR,
} as const satisfies Readonly<Record<string, Parameter>>

export const profiles: Tool = {
  name: 'profiles',
  title: 'Profiles',
  description:
    'The profiles, which are named sets of checks: their versions, who may see them and which clients use them.',
  parameters: PARAMETERS,
  isForAll: true,
  answerSchema: () => answerSchema(profileList.pick({ profiles: true, broken: true })),
  async answer(given, call) {
    const { client, allVersions } = readGiven(PARAMETERS, given)
    const { desk } = call
    return await documentPage({ tool: profiles.name, given }, call, async () => {
      const request = {
        client: client === undefined ? undefined : desk.names.meant(client),
        isAllVersions: allVersions === true,
      }
      // That an interrupted change was finished is in the audit.
      const list = await listProfiles(
        request,
        profileHome(desk.root, desk.host, () => undefined),
      )
      return list as unknown as Document
    })
  },
}
