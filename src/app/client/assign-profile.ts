// Lets a client use a version of a profile, instead of the one it used before.
import { UsageError } from '../../base/errors.ts'
import { sha256Of } from '../../profile/audit.ts'
import { findClient, versionsUsed } from '../../profile/clients.ts'
import { findVersion, newestOf, readVersion } from '../../profile/folder.ts'
import { letUse } from '../../profile/plan-version.ts'
import { type Profile, parseFields } from '../../profile/profile.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { parseVersionName } from '../../profile/profile-id.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import { formatVisibility, isVisibleTo } from '../../profile/visibility.ts'
import type { ClientAnswer } from '../profile/answers.ts'
import { authorOf } from '../profile/change-request.ts'
import { type ClientRequest, clientAnswer, clientChange } from './client-change.ts'

export interface AssignRequest extends ClientRequest {
  /** "brand_check" (the newest), "brand_check@1" or "brand_check_v2". */
  readonly id: string
}

export async function assignProfile(request: AssignRequest, home: ProfileHome): Promise<ClientAnswer> {
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const client = findClient(snapshot.clients, request.client)
    const wanted = readVersion(home, findVersion(snapshot.shelf, request.id))
    // An old version must not get round a visibility that has been narrowed since.
    for (const version of [wanted, readVersion(home, newestOf(snapshot.shelf, wanted.profile))]) {
      if (!isVisibleTo(client.id, parseFields(version))) throw notVisible(client.id, version)
    }
    const before = versionsUsed(client, wanted.profile)
    const versions = { profileId: wanted.id, previousProfileId: before[0] ?? null }
    if (before.length === 1 && before[0] === wanted.id) {
      const message = `Nothing to change: "${client.id}" uses "${wanted.id}" already`
      return { change: undefined, answer: { status: 'unchanged', message, client: client.id, ...versions } }
    }
    const line = {
      action: 'assign',
      profile: wanted.profile,
      fromVersion: before[0] === undefined ? null : parseVersionName(before[0])!.version,
      toVersion: wanted.version,
      sha256: sha256Of(wanted.text),
      clientsMoved: [client.id],
    }
    const instead = before[0] === undefined ? '' : ` instead of "${before.join('", "')}"`
    return {
      change: clientChange(
        snapshot,
        letUse(snapshot.clients, client.id, wanted.profile, wanted.id),
        client.id,
        line,
        author,
      ),
      answer: clientAnswer(request, `Client "${client.id}" uses "${wanted.id}"${instead}`, versions),
    }
  })
}

function notVisible(client: string, version: Profile): UsageError {
  const seen = formatVisibility(parseFields(version))
  return new UsageError('not-visible', `"${client}" may not see "${version.id}", which is visible to ${seen}.`, {
    hint: `Make the profile visible to it first: "usagebook profile visibility ${version.profile} --add ${client}".`,
  })
}
