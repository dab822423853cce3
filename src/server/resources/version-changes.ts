// One change of a profile: based on the version that the caller knows, with its entries in the audit, and answered with the
// tag of the version that is now the newest.
import type { VersionAnswer } from '../../app/profile/answers.ts'
import type { ChangedVersion, ChangeRequest, GivenText } from '../../app/profile/change-request.ts'
import { createProfile } from '../../app/profile/create-profile.ts'
import { type BulkEditAnswer, type BulkEditRequest, editProfile, editProfiles } from '../../app/profile/edit-profile.ts'
import { withoutKeys } from '../../app/profile/given-edits.ts'
import { seenHistory } from '../../app/profile/seen-profiles.ts'
import { isJson } from '../../base/json.ts'
import { audited } from '../audited.ts'
import { ProblemError } from '../problem.ts'
import type { Call, Reply } from '../route.ts'
import {
  type AskedInBody,
  BODY,
  changeOf,
  checkMayChange,
  expectedVersion,
  homeOf,
  sightOf,
  tagOf,
} from './profile-calls.ts'

/** Creates a profile from the body, some of whose keys are not part of the profile. */
export async function createFrom(
  call: Call,
  others: readonly string[],
  id: string | undefined,
): Promise<VersionAnswer> {
  return await createAs(call, { id, content: contentIn(call, others) })
}

export async function createAs(
  call: Call,
  {
    id,
    content,
    message,
  }: { readonly id: string | undefined; readonly content: GivenText; readonly message?: string | undefined },
): Promise<VersionAnswer> {
  const request = { ...changeOf(call, { message }), id, content, sets: [] }
  const create = () => createProfile(request, homeOf(call))
  if (request.isDryRun) return await create()
  return await audited(
    call,
    'profile.create',
    { profile: id ?? null, name: nameIn(content.text) },
    create,
    ({ profileId }) => ({
      profile: profileId,
    }),
  )
}

// What was sent may be anything: it is looked at when the profile is made.
function nameIn(text: string): unknown {
  return isJson(text) ? (JSON.parse(text) as { readonly name?: unknown } | null)?.name : undefined
}

/** The next version of a profile, as a whole. */
export async function putProfile(call: Call, others: readonly string[], needsMatch: boolean): Promise<VersionAnswer> {
  const content = contentIn(call, others)
  return await changed(call, { action: 'profile.edit', needsMatch }, (request, home) =>
    editProfile({ ...request, content, sets: [], unsets: [] }, home),
  )
}

type VersionChange = (
  request: ChangeRequest & { readonly id: string; readonly expectVersion: number | undefined },
  home: ReturnType<typeof homeOf>,
) => Promise<ChangedVersion>

interface KnownChange {
  readonly action: string
  readonly body?: AskedInBody | undefined
  /** The newest version that who asks knows; undefined for any. */
  readonly expectVersion: number | undefined
}

export async function change(call: Call, action: string, body: AskedInBody, make: VersionChange): Promise<Reply> {
  return replyOf(await changed(call, { action, needsMatch: true, body }, make))
}

async function changed(
  call: Call,
  { action, needsMatch, body }: { readonly action: string; readonly needsMatch: boolean; readonly body?: AskedInBody },
  make: VersionChange,
): Promise<VersionAnswer> {
  const id = call.path.id!
  await checkMayChange(call, id)
  const expectVersion = await expectedVersion(call, id, needsMatch)
  const { answer } = await makeVersion(call, { action, body, expectVersion }, make)
  return answer
}

/** The change of the profile in the path, where who asks may change it, and what it changes. */
export async function changeFrom(call: Call, known: KnownChange, make: VersionChange): Promise<ChangedVersion> {
  await checkMayChange(call, call.path.id!)
  return await makeVersion(call, known, make)
}

async function makeVersion(
  call: Call,
  { action, body, expectVersion }: KnownChange,
  make: VersionChange,
): Promise<ChangedVersion> {
  const id = call.path.id!
  const request = { ...changeOf(call, body), id, expectVersion }
  const notes: string[] = []
  const home = homeOf(call, notes)
  const made = request.isDryRun
    ? await make(request, home)
    : await audited(
        call,
        action,
        { profile: id },
        () => make(request, home),
        ({ answer: { status, profileId } }) => ({ status, version: profileId }),
      )
  if (notes.length === 0) return made
  const answer = { ...made.answer, notes }
  return { ...made, answer }
}

/** The same edit to many profiles, with its lines in the audit. */
export async function editMany(call: Call, request: BulkEditRequest): Promise<BulkEditAnswer> {
  const edit = () => editProfiles(request, homeOf(call))
  if (request.isDryRun) return await edit()
  return await audited(call, 'profile.edit-many', { pattern: request.pattern }, edit, answer => ({
    status: answer.status,
    versions: answer.profiles.map(({ answer: { profileId } }) => profileId),
  }))
}

/** A version that cannot be seen is not there to go back to either. */
export async function versionToBringBack(call: Call, asked: number | undefined): Promise<number | undefined> {
  const id = call.path.id!
  const sight = sightOf(call)
  if (sight === '*') return asked
  await checkMayChange(call, id)
  const to = asked ?? (await seenHistory(id, sight, homeOf(call))).versions[1]?.version
  if (to === undefined) {
    throw new ProblemError({ status: 400, code: 'bad-rollback', title: 'There is no version to go back to.' })
  }
  await checkMayChange(call, `${id}@${to}`)
  return to
}

export function replyOf(answer: VersionAnswer): Reply {
  return answer.status === 'success' ? { json: answer, etag: tagOfAnswer(answer) } : { json: answer }
}

/** The tag of the version that is now the newest. */
export function tagOfAnswer({ profileId, version }: VersionAnswer): string {
  return tagOf({ profile: version === 1 ? profileId : profileId.slice(0, -`_v${version}`.length), version })
}

// Taken as it was written, so that no digit is lost and keys keep their order.
function contentIn({ bodyText }: Call, others: readonly string[]): GivenText {
  return { text: withoutKeys(bodyText, others), file: BODY }
}
