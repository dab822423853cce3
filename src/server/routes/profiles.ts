// Profiles: what there is, each version, its history and its differences. Changes are in profile-changes.ts.
import { listSeen, seenDiff, seenHistory, seenUses, showSeen } from '../../app/profile/seen-profiles.ts'
import { exactJson } from '../resources/exact-json.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { diffAnswer, historyAnswer, profileContent, profileList, usesAnswer } from '../resources/profile-answers.ts'
import { homeOf, sightOf, tagOf, withoutForeign } from '../resources/profile-calls.ts'
import type { Call, Route } from '../route.ts'
import { TYPES } from './forms.ts'
import { PROFILE_CHANGES } from './profile-changes.ts'

export const LIST_PARAMETERS = {
  client: { value: 'CLIENT', help: 'only what this client may see' },
  allVersions: { help: 'all versions, not only the newest of each profile' },
  ...PAGE,
}

interface ListOptions {
  readonly client?: string
  readonly allVersions?: boolean
}

const READERS = ['admin', 'manager', 'viewer'] as const

const READING: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/profiles',
    roles: READERS,
    summary: 'the profiles, who may see them and who uses them',
    group: 'Profiles',
    parameters: LIST_PARAMETERS,
    answer: profileList,
    async handle(call) {
      const { profiles, broken } = await listOf(call)
      const { items, counts, headers } = pageOf(call, profiles)
      return { json: { profiles: items, broken, ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/profiles/:id',
    roles: READERS,
    summary: 'a profile as its file has it: the newest version, or one as brand_check@1',
    group: 'Profiles',
    answer: profileContent,
    async handle(call) {
      const shown = await showSeen(call.path.id!, sightOf(call), homeOf(call))
      const path = `${call.services.settings.basePath}api/v1/profiles/${shown.profile}@${shown.version}`
      return { bytes: shown.text, type: TYPES.json, etag: tagOf(shown), headers: { 'Content-Location': path } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/profiles/:id/history',
    roles: READERS,
    summary: 'the versions of a profile, the newest first',
    group: 'Profiles',
    parameters: PAGE,
    answer: historyAnswer,
    async handle(call) {
      const { profile, versions } = await seenHistory(call.path.id!, sightOf(call), homeOf(call))
      const { items, counts, headers } = pageOf(call, versions)
      return { json: { profile, versions: items, ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/profiles/:id/diff',
    roles: READERS,
    summary: 'what differs between two versions, also as a JSON Patch',
    group: 'Profiles',
    parameters: {
      from: { value: 'N', help: 'a version; default the one before' },
      to: { value: 'N', help: 'a version; default the newest' },
    },
    answer: diffAnswer,
    async handle(call) {
      return exactJson(await seenDiff(await sidesOf(call), sightOf(call), homeOf(call)))
    },
  },
  {
    method: 'GET',
    path: '/api/v1/profiles/:id/who-uses',
    roles: READERS,
    summary: 'which clients use a profile, and which version',
    group: 'Profiles',
    answer: usesAnswer,
    async handle(call) {
      return { json: await seenUses(call.path.id!, sightOf(call), homeOf(call)) }
    },
  },
]

export const PROFILE_ROUTES: readonly Route[] = [...READING.map(withoutForeign), ...PROFILE_CHANGES]

export async function listOf(call: Call) {
  const { client, allVersions } = call.options as ListOptions
  return await listSeen({ client, isAllVersions: allVersions === true }, sightOf(call), homeOf(call))
}

// Versions by number; or as the command line names them, which may be of another profile.
async function sidesOf(call: Call): Promise<{ readonly a: string; readonly b?: string }> {
  const { from, to } = call.options as { readonly from?: string; readonly to?: string }
  const id = call.path.id!
  if (from === undefined && to === undefined) return { a: id }
  const { profile } = await showSeen(id, sightOf(call), homeOf(call))
  const named = (text: string) => (/^\d+$/.test(text) ? `${profile}@${text}` : text)
  if (from === undefined) return { a: named(to!) }
  return { a: named(from), b: to === undefined ? id : named(to) }
}
