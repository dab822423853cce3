// Brings back an old version of a profile, as a new version that equals it. No version is removed.
import { UsageError } from '../../base/errors.ts'
import { findVersion, newestOf, readVersion, versionsOf } from '../../profile/folder.ts'
import { changeOfPlans, invalidProfile, planVersion } from '../../profile/plan-version.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { parseReference } from '../../profile/profile-id.ts'
import { changeProfiles } from '../../profile/transaction.ts'
import {
  answerOf,
  authorOf,
  type ChangedVersion,
  checkExpectedVersion,
  unchangedAnswer,
  type VersionRequest,
} from './change-request.ts'

export interface RollbackRequest extends VersionRequest {
  /** The version to bring back; the one before the newest where absent. */
  readonly to?: number | undefined
}

export async function rollbackProfile(request: RollbackRequest, home: ProfileHome): Promise<ChangedVersion> {
  const { profile, version } = parseReference(request.id)
  if (version !== undefined) {
    throw new UsageError('bad-rollback', `A rollback is of the whole profile, not of ${request.id}.`, {
      hint: `Use "usagebook profile rollback ${profile} --to ${version}".`,
    })
  }
  const author = authorOf(request, home)
  return await changeProfiles(home, request.isDryRun, snapshot => {
    const from = readVersion(home, newestOf(snapshot.shelf, profile))
    checkExpectedVersion(home, snapshot, profile, request.expectVersion)
    const to = request.to ?? versionsOf(snapshot.shelf, profile).at(-2)
    if (to === undefined) {
      throw new UsageError('bad-rollback', `${profile} has one version only, so there is none to go back to.`, {
        hint: `See "usagebook profile history ${profile}".`,
      })
    }
    const old = readVersion(home, findVersion(snapshot.shelf, `${profile}@${to}`))
    const wish = { action: 'rollback', from, text: old.text, restoredFrom: old.id, reach: request.reach }
    const { plan, problems } = planVersion(snapshot, wish, author)
    if (problems.length > 0) throw invalidProfile(`Version ${to} of ${profile}`, problems)
    if (plan === undefined) {
      const message = `Nothing to change: "${from.id}" already equals version ${to}`
      return { change: undefined, answer: unchangedAnswer(from, message) }
    }
    const done = `Profile rolled back to version ${to}, as version ${plan.to.version}. Original kept as "${from.id}"`
    return { change: changeOfPlans(snapshot, [plan], author), answer: answerOf(plan, request, done) }
  })
}
