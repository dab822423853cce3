// The request and the answer that all changes of profiles and clients share. Plain values, for any door.
import { formatInstantUtc } from '../../base/calendar.ts'
import { ConflictError, optionName } from '../../base/errors.ts'
import type { Instant } from '../../base/zone.ts'
import { newestOf, readVersion, type Snapshot } from '../../profile/folder.ts'
import type { VersionPlan } from '../../profile/plan-version.ts'
import type { Profile } from '../../profile/profile.ts'
import { type Difference, formatDifference } from '../../profile/profile-diff.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import type { Reach } from '../../profile/reach.ts'
import type { Author } from '../../profile/stamp.ts'
import type { VersionAnswer } from './answers.ts'

export interface ChangeRequest {
  /** Who asks: a name or address. */
  readonly by: string
  /** Why. */
  readonly message?: string | undefined
  readonly isDryRun: boolean
  /** Only profiles of these clients alone may be changed; absent where all may. */
  readonly reach?: Reach | undefined
}

export interface VersionRequest extends ChangeRequest {
  /** "brand_check" (the newest), "brand_check@1" or "brand_check_v2". */
  readonly id: string
  /** The newest version that the asker knows; if there is a newer one, nothing is changed. */
  readonly expectVersion?: number | undefined
}

/** A profile text from outside, with the name to use for it in messages. */
export interface GivenText {
  readonly text: string
  readonly file: string
}

/** What a version change answers, and the differences behind it for who wants to show them, as values and in words. */
export interface ChangedVersion {
  readonly answer: VersionAnswer
  readonly differences: readonly Difference[]
  readonly changes: readonly string[]
}

export function authorOf(request: ChangeRequest, home: ProfileHome): Author {
  const wholeSecond = (Math.floor(home.now() / 1000) * 1000) as Instant
  return { by: request.by, at: formatInstantUtc(wholeSecond), message: request.message }
}

export function answerOf(plan: VersionPlan, request: ChangeRequest, done: string): ChangedVersion {
  const changes = plan.differences.map(formatDifference)
  const answer: VersionAnswer = {
    status: request.isDryRun ? 'dry-run' : 'success',
    message: request.isDryRun ? `Nothing was changed. Without --dry-run: ${done}` : done,
    profileId: plan.to.id,
    previousProfileId: plan.from.id,
    version: plan.to.version,
    clientsMoved: plan.clientsMoved,
    ...(plan.clientsRemoved.length > 0 && { clientsRemoved: plan.clientsRemoved }),
    ...(request.isDryRun && { changes }),
  }
  return { answer, differences: plan.differences, changes }
}

/** The answer where nothing would differ from the version that was edited. */
export function unchangedAnswer(from: { id: string; version: number }, message: string): ChangedVersion {
  const answer: VersionAnswer = {
    status: 'unchanged',
    message,
    profileId: from.id,
    previousProfileId: null,
    version: from.version,
    clientsMoved: [],
  }
  return { answer, differences: [], changes: [] }
}

/** Throws where a profile has another newest version than the asker knows, and says who made it and when. */
export function checkExpectedVersion(home: ProfileHome, snapshot: Snapshot, profile: string, expected?: number): void {
  const newest = newestOf(snapshot.shelf, profile)
  if (expected === undefined || newest.version === expected) return
  const { modified_by, created_by, modified_at, created_at } = readVersion(home, newest).value
  const who = String(modified_by ?? created_by ?? 'somebody')
  const at = String(modified_at ?? created_at ?? 'an unknown time')
  const message = `${profile} is at version ${newest.version}, not ${expected}: ${who} made it at ${at}.`
  throw new ConflictError('version-conflict', `${message} Nothing was changed.`, {
    where: { option: 'expectVersion' },
    hint: `See "usagebook profile diff ${profile}@${Math.min(expected, newest.version)} ${profile}", then try again with ${optionName('expectVersion')} ${newest.version}.`,
  })
}

/** An edit of an old version takes back all that came after it, also who may see the profile: that is to be said. */
export function noteVersionsLeftOut(home: ProfileHome, snapshot: Snapshot, from: Profile): void {
  const newest = newestOf(snapshot.shelf, from.profile).version
  if (newest === from.version) return
  const later = newest === from.version + 1 ? `version ${newest}` : `versions ${from.version + 1} to ${newest}`
  home.note(`made from version ${from.version}: what ${later} changed is not in it`)
}
