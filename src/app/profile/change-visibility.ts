// Makes a profile visible to all clients or to some. This is an edit, so it makes a new version; clients that may no longer
// see the profile stop using it.
import { optionName, UsageError } from '../../base/errors.ts'
import { findVersion, readVersion } from '../../profile/folder.ts'
import { changeOfPlans, invalidProfile, planVersion } from '../../profile/plan-version.ts'
import { type Profile, parseFields } from '../../profile/profile.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { removeKey, setKnownKey } from '../../profile/stamp.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import { formatVisibility } from '../../profile/visibility.ts'
import {
  answerOf,
  authorOf,
  type ChangedVersion,
  checkExpectedVersion,
  noteVersionsLeftOut,
  unchangedAnswer,
  type VersionRequest,
} from './change-request.ts'

export interface VisibilityRequest extends VersionRequest {
  /** Everyone; or exactly these; or those of before with some more and some less. One of the three. */
  readonly isForAll: boolean
  readonly clients?: readonly string[] | undefined
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export async function changeVisibility(request: VisibilityRequest, home: ProfileHome): Promise<ChangedVersion> {
  checkRequest(request)
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const from = readVersion(home, findVersion(snapshot.shelf, request.id))
    checkExpectedVersion(home, snapshot, from.profile, request.expectVersion)
    const wanted = request.isForAll ? undefined : wantedClients(request, from)
    const text = withVisibility(from.text, wanted)
    const wish = { action: 'visibility', from, text, reach: request.reach }
    const { plan, problems } = planVersion(snapshot, wish, author)
    if (problems.length > 0) throw invalidProfile(`The visibility of ${from.id}`, problems)
    const seen = formatVisibility(
      wanted === undefined ? {} : { visibility: 'client_specific', visible_to_clients: wanted },
    )
    if (plan === undefined) {
      const message = `Nothing to change: "${from.id}" is already visible to ${seen}`
      return { change: undefined, answer: unchangedAnswer(from, message) }
    }
    noteVersionsLeftOut(home, snapshot, from)
    const done = `Profile updated to version ${plan.to.version}, visible to ${seen}. Original kept as "${from.id}"`
    return { change: changeOfPlans(snapshot, [plan], author), answer: answerOf(plan, request, done) }
  })
}

/** The text visible to these clients only, or with undefined to all. */
export function withVisibility(text: string, clients: readonly string[] | undefined): string {
  if (clients === undefined) return removeKey(setKnownKey(text, 'visibility', '"all"'), 'visible_to_clients')
  const specific = setKnownKey(text, 'visibility', '"client_specific"')
  return setKnownKey(specific, 'visible_to_clients', JSON.stringify(clients))
}

function wantedClients(request: VisibilityRequest, from: Profile): string[] {
  if (request.clients !== undefined) return [...new Set(request.clients)]
  const fields = parseFields(from)
  if (fields.visibility !== 'client_specific') {
    throw new UsageError(
      'bad-visibility',
      `"${from.id}" is visible to all, so there is no list to add to or remove from.`,
      {
        where: { option: request.add.length > 0 ? 'add' : 'remove' },
        hint: `Name the clients that may see it with ${optionName('clients')} a,b.`,
      },
    )
  }
  const before = fields.visible_to_clients ?? []
  return [...new Set([...before, ...request.add])].filter(client => !request.remove.includes(client))
}

function checkRequest({ isForAll, clients, add, remove }: VisibilityRequest): void {
  const isChange = add.length > 0 || remove.length > 0
  const ways = [isForAll, clients !== undefined, isChange].filter(Boolean).length
  const both = add.find(client => remove.includes(client))
  if (ways === 1 && both === undefined) return
  const why =
    both === undefined
      ? 'Say who may see the profile in one way only.'
      : `${JSON.stringify(both)} is both added and removed.`
  throw new UsageError('bad-visibility', why, {
    where: { option: 'all' },
    hint: `Give ${optionName('all')}, or ${optionName('clients')} a,b, or ${optionName('add')} a and ${optionName('remove')} b.`,
  })
}
