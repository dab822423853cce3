// Creates a profile: its version 1.
import { ConflictError, optionName, UsageError } from '../../base/errors.ts'
import { addAll } from '../../base/lists.ts'
import { formatAuditLine, sha256Of } from '../../profile/audit.ts'
import { newestOf, readVersion, type Snapshot } from '../../profile/folder.ts'
import { layOutFile } from '../../profile/lay-out-json.ts'
import { invalidProfile, placeInEdit } from '../../profile/plan-version.ts'
import { findProfileProblems, type Profile, parseProfile } from '../../profile/profile.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { idOfName, parseNewId } from '../../profile/profile-id.ts'
import { clientsInReach, findOutOfReach } from '../../profile/reach.ts'
import { applyPathEdits } from '../../profile/set-path.ts'
import { type Author, setKnownKey, stampFirstVersion } from '../../profile/stamp.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import type { VersionAnswer } from './answers.ts'
import { authorOf, type ChangeRequest, type GivenText } from './change-request.ts'
import { withVisibility } from './change-visibility.ts'
import { parseEdits } from './edit-profile.ts'
import { NEW_PROFILE } from './profile-draft.ts'

export interface CreateRequest extends ChangeRequest {
  /** May be left out where the content has one. */
  readonly name?: string | undefined
  /** Made from the name where absent. */
  readonly id?: string | undefined
  readonly content?: GivenText | undefined
  /** "path=value", as typed. */
  readonly sets: readonly string[]
  /** Client ids, or "all"; absent: what the content says, else all. */
  readonly visibleTo?: readonly string[] | 'all' | undefined
}

export async function createProfile(request: CreateRequest, home: ProfileHome): Promise<VersionAnswer> {
  const author = authorOf(request, home)
  const given = request.content && parseProfile(request.content.text, { profile: '', version: 1 }, request.content.file)
  const name = request.name ?? nameIn(given)
  const id = request.id === undefined ? idOfName(name) : parseNewId(request.id)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    checkIsNew(home, snapshot, id)
    const profile = firstVersion(
      request,
      given === undefined ? NEW_PROFILE : layOutFile(given.text),
      name,
      id,
      snapshot,
      author,
    )
    const done = `Profile created as "${id}"`
    const answer: VersionAnswer = {
      status: request.isDryRun ? 'dry-run' : 'success',
      message: request.isDryRun ? `Nothing was changed. Without --dry-run: ${done}` : done,
      profileId: id,
      previousProfileId: null,
      version: 1,
      clientsMoved: [],
    }
    const auditText = formatAuditLine({
      at: author.at,
      actor: author.by,
      action: 'create',
      profile: id,
      fromVersion: null,
      toVersion: 1,
      sha256: sha256Of(profile.text),
      message: author.message ?? null,
      clientsMoved: [],
    })
    const title = `create of ${id} by ${author.by} at ${author.at}`
    return { change: { title, versions: [{ id, text: profile.text }], auditText }, answer }
  })
}

function firstVersion(
  request: CreateRequest,
  content: string,
  name: string,
  id: string,
  snapshot: Snapshot,
  author: Author,
): Profile {
  const named = request.name === undefined ? content : setKnownKey(content, 'name', JSON.stringify(name))
  const { visibleTo } = request
  const seen = visibleTo === undefined ? named : withVisibility(named, visibleTo === 'all' ? undefined : visibleTo)
  const { parsed, problems } = parseEdits({ sets: request.sets, unsets: [] })
  const edited = applyPathEdits(seen, parsed)
  const profile = parseProfile(stampFirstVersion(edited.text, author), { profile: id, version: 1 })
  const found = [
    ...problems,
    ...edited.problems,
    ...findProfileProblems(profile, clientsInReach(snapshot.clients, request.reach)),
  ]
  if (found.length === 0) addAll(found, findOutOfReach(snapshot.clients, profile, request.reach))
  if (found.length > 0) throw invalidProfile(`The new profile "${id}"`, found.map(placeInEdit))
  return profile
}

function nameIn(given: Profile | undefined): string {
  const name = given?.value.name
  if (typeof name === 'string' && name.trim() !== '') return name
  throw new UsageError('no-name', 'The new profile has no name.', {
    where: { option: 'name' },
    hint: `Give one with ${optionName('name')} "Brand check".`,
  })
}

function checkIsNew(home: ProfileHome, snapshot: Snapshot, id: string): void {
  if (!snapshot.shelf.profiles.has(id)) return
  const newest = newestOf(snapshot.shelf, id)
  const { created_by, modified_by } = readVersion(home, newest).value
  const who = String(modified_by ?? created_by ?? 'somebody')
  throw new ConflictError(
    'profile-exists',
    `There is a profile "${id}" already: version ${newest.version}, by ${who}.`,
    {
      where: { option: 'id' },
      hint: `Choose another id with ${optionName('id')}, or use "usagebook profile edit ${id}".`,
    },
  )
}
