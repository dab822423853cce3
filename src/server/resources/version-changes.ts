// One change of a profile: based on the version that the caller knows, with its entries in the audit, and answered with the
// tag of the version that is now the newest.
import type { VersionAnswer } from '../../app/profile/answers.ts'
import type { ChangeRequest, GivenText } from '../../app/profile/change-request.ts'
import { createProfile } from '../../app/profile/create-profile.ts'
import { editProfile } from '../../app/profile/edit-profile.ts'
import { withoutKeys } from '../../app/profile/given-edits.ts'
import { audited } from '../audited.ts'
import type { Call, Reply } from '../route.ts'
import { type AskedInBody, BODY, changeOf, checkMayChange, expectedVersion, homeOf, tagOf } from './profile-calls.ts'

/** Creates a profile from the body, some of whose keys are not part of the profile. */
export async function createFrom(
  call: Call,
  others: readonly string[],
  id: string | undefined,
): Promise<VersionAnswer> {
  const request = { ...changeOf(call), id, content: contentIn(call, others), sets: [] }
  const create = () => createProfile(request, homeOf(call))
  if (request.isDryRun) return await create()
  const { name } = call.body as { readonly name?: unknown }
  return await audited(call, 'profile.create', { profile: id ?? null, name }, create, ({ profileId }) => ({
    profile: profileId,
  }))
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
) => Promise<{ readonly answer: VersionAnswer }>

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
  const request = { ...changeOf(call, body), id, expectVersion }
  const notes: string[] = []
  const home = homeOf(call, notes)
  const noted = (answer: VersionAnswer) => (notes.length === 0 ? answer : { ...answer, notes })
  if (request.isDryRun) return noted((await make(request, home)).answer)
  const { answer } = await audited(
    call,
    action,
    { profile: id },
    () => make(request, home),
    ({ answer: { status, profileId } }) => ({ status, version: profileId }),
  )
  return noted(answer)
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
