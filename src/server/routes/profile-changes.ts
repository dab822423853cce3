// Changes of profiles. Each makes a version, is based on the version that the caller knows, and is in the audit.
import { changeVisibility } from '../../app/profile/change-visibility.ts'
import { editProfile } from '../../app/profile/edit-profile.ts'
import { setsIn } from '../../app/profile/given-edits.ts'
import { rollbackProfile } from '../../app/profile/rollback-profile.ts'
import { ProblemError } from '../problem.ts'
import {
  bulkAnswer,
  bulkEdits,
  edits,
  newProfile,
  rollback,
  versionAnswer,
  visibilityChange,
  wholeProfile,
} from '../resources/profile-answers.ts'
import { type AskedInBody, CHANGE, changeOf, EDITORS, withoutForeign } from '../resources/profile-calls.ts'
import { repeatable } from '../resources/repeatable.ts'
import {
  change,
  createFrom,
  editMany,
  putProfile,
  replyOf,
  tagOfAnswer,
  versionToBringBack,
} from '../resources/version-changes.ts'
import type { Call, Route } from '../route.ts'

const group = 'Profiles'

interface AskedEdits extends AskedInBody {
  readonly set?: Readonly<Record<string, unknown>>
  readonly unset?: readonly string[]
}

const CHANGES: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/profiles',
    roles: EDITORS,
    summary: 'make a profile: its version 1',
    group,
    parameters: CHANGE,
    body: newProfile,
    answer: versionAnswer,
    status: 201,
    async handle(call) {
      const { id } = call.body as { readonly id?: string }
      const answer = await createFrom(call, ['id'], id)
      if (answer.status !== 'success') return { status: 200, json: answer }
      const path = `${call.services.settings.basePath}api/v1/profiles/${answer.profileId}`
      return { json: answer, etag: tagOfAnswer(answer), headers: { Location: path } }
    },
  },
  {
    method: 'PATCH',
    path: '/api/v1/profiles',
    roles: EDITORS,
    summary: 'the same edit to every profile whose id matches: to all of them or to none',
    group,
    parameters: CHANGE,
    body: bulkEdits,
    answer: bulkAnswer,
    async handle(call) {
      const { pattern, ...body } = call.body as AskedEdits & { readonly pattern: string }
      const request = { ...changeOf(call, body), ...editsOf(call, body), pattern }
      const { status, message, profiles } = await editMany(call, request)
      return { json: { status, message, profiles: profiles.map(({ answer }) => answer) } }
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/profiles/:id',
    roles: EDITORS,
    summary: 'the next version of a profile, as a whole; needs If-Match',
    group,
    parameters: CHANGE,
    body: wholeProfile,
    answer: versionAnswer,
    handle: async call => replyOf(await putProfile(call, [], true)),
  },
  {
    method: 'PATCH',
    path: '/api/v1/profiles/:id',
    roles: EDITORS,
    summary: 'the next version of a profile, by what to set and unset; needs If-Match',
    group,
    parameters: CHANGE,
    body: edits,
    answer: versionAnswer,
    async handle(call) {
      const body = call.body as AskedEdits
      const given = editsOf(call, body)
      return await change(call, 'profile.edit', body, (request, home) => editProfile({ ...request, ...given }, home))
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/profiles/:id/visibility',
    roles: EDITORS,
    summary: 'who may see a profile; needs If-Match',
    group,
    parameters: CHANGE,
    body: visibilityChange,
    answer: versionAnswer,
    async handle(call) {
      const body = call.body as AskedInBody & {
        readonly all?: boolean
        readonly clients?: readonly string[]
        readonly add?: readonly string[]
        readonly remove?: readonly string[]
      }
      const { all, clients, add = [], remove = [] } = body
      const wish = { isForAll: all === true, clients, add, remove }
      return await change(call, 'profile.visibility', body, (request, home) =>
        changeVisibility({ ...request, ...wish }, home),
      )
    },
  },
  {
    method: 'POST',
    path: '/api/v1/profiles/:id/rollback',
    roles: EDITORS,
    summary: 'bring back an old version, as a new one; needs If-Match',
    group,
    parameters: CHANGE,
    body: rollback,
    answer: versionAnswer,
    async handle(call) {
      const body = call.body as AskedInBody & { readonly to?: number }
      const to = await versionToBringBack(call, body.to)
      return await change(call, 'profile.rollback', body, (request, home) => rollbackProfile({ ...request, to }, home))
    },
  },
]

export const PROFILE_CHANGES: readonly Route[] = CHANGES.map(withoutForeign).map(repeatable)

function editsOf({ bodyText }: Call, { set = {}, unset = [] }: AskedEdits) {
  if (Object.keys(set).length + unset.length > 0) return { sets: setsIn(bodyText), unsets: unset }
  throw new ProblemError({
    status: 400,
    code: 'nothing-to-edit',
    title: 'No change was given.',
    hint: 'Give "set" with values by path, or "unset" with paths.',
  })
}
