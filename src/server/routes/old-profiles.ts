// Profiles at the addresses and in the shapes that earlier applications use. They work without If-Match, since nothing
// is lost: every edit makes a version.
import { showSeen } from '../../app/profile/seen-profiles.ts'
import { exactJson } from '../resources/exact-json.ts'
import { pageOf } from '../resources/list-page.ts'
import { oldCreated, oldList, oldNew, oldProfile, oldUpdated, wholeProfile } from '../resources/profile-answers.ts'
import { EDITORS, homeOf, sightOf, tagOf, withoutForeign } from '../resources/profile-calls.ts'
import { repeatable } from '../resources/repeatable.ts'
import { createFrom, putProfile, tagOfAnswer } from '../resources/version-changes.ts'
import type { Route } from '../route.ts'
import { LIST_PARAMETERS, listOf } from './profiles.ts'

const READERS = ['admin', 'manager', 'viewer'] as const
const group = 'Profiles'

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/profiles',
    roles: READERS,
    summary: 'the profiles',
    group,
    parameters: LIST_PARAMETERS,
    answer: oldList,
    async handle(call) {
      const { items, counts, headers } = pageOf(call, (await listOf(call)).profiles)
      const profiles = items.map(listed => ({
        profile_id: listed.profileId,
        name: listed.name,
        version: listed.version,
        visibility: listed.visibility,
        visible_to_clients: listed.visibleToClients,
        modified_at: listed.modifiedAt,
        modified_by: listed.modifiedBy,
      }))
      return { json: { status: 'success', profiles, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/profiles',
    roles: EDITORS,
    summary: 'make a profile',
    group,
    body: oldNew,
    answer: oldCreated,
    status: 201,
    async handle(call) {
      const { id, profile_id: oldId } = call.body as { readonly id?: string; readonly profile_id?: string }
      const { profileId } = await createFrom(call, ['id', 'profile_id'], id ?? oldId)
      const { value } = await showSeen(profileId, sightOf(call), homeOf(call))
      const json = {
        status: 'success',
        message: `Profile "${String(value.name)}" created successfully`,
        profile_id: profileId,
        visibility: value.visibility ?? 'all',
      }
      const path = `${call.services.settings.basePath}api/profiles/${profileId}`
      return { json, etag: tagOf({ profile: profileId, version: 1 }), headers: { Location: path } }
    },
  },
  {
    method: 'GET',
    path: '/api/profiles/:id',
    roles: READERS,
    summary: 'a profile',
    group,
    answer: oldProfile,
    async handle(call) {
      const shown = await showSeen(call.path.id!, sightOf(call), homeOf(call))
      return exactJson({ profile_id: shown.profileId, ...shown.value }, { etag: tagOf(shown) })
    },
  },
  {
    method: 'PUT',
    path: '/api/profiles/:id',
    roles: EDITORS,
    summary: 'the next version of a profile, as a whole; honours If-Match',
    group,
    body: wholeProfile,
    answer: oldUpdated,
    async handle(call) {
      // What GET adds to the profile.
      const answer = await putProfile(call, ['profile_id'], false)
      const { status, message, profileId, previousProfileId, version } = answer
      const json = { status, message, profile_id: profileId, previous_profile_id: previousProfileId, version }
      return { json, etag: tagOfAnswer(answer) }
    },
  },
]

export const OLD_PROFILE_ROUTES: readonly Route[] = ROUTES.map(withoutForeign).map(repeatable)
