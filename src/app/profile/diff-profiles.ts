// What differs between two versions of a profile, or of two profiles.
import { UsageError } from '../../base/errors.ts'
import { findVersion, readVersion, versionsOf } from '../../profile/folder.ts'
import type { Profile } from '../../profile/profile.ts'
import { differencesBetween, patchBetween } from '../../profile/profile-diff.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { DiffSide, ProfileDiff } from './answers.ts'

export interface DiffRequest {
  readonly a: string
  /** Absent: `a` is compared with the version before it. */
  readonly b?: string | undefined
}

export async function diffProfiles(request: DiffRequest, home: ProfileHome): Promise<ProfileDiff> {
  const { shelf } = await openSnapshot(home)
  const first = findVersion(shelf, request.a)
  const second = request.b === undefined ? first : findVersion(shelf, request.b)
  const before =
    request.b === undefined
      ? versionsOf(shelf, first.profile)
          .filter(n => n < first.version)
          .at(-1)
      : first.version
  if (before === undefined) {
    throw new UsageError(
      'no-version-before',
      `There is no version of ${first.profile} before version ${first.version}.`,
      {
        hint: `Name two versions: "usagebook profile diff A B".`,
      },
    )
  }
  const from = readVersion(home, { profile: first.profile, version: before })
  const to = readVersion(home, second)
  return {
    from: sideOf(from),
    to: sideOf(to),
    differences: differencesBetween(from.value, to.value),
    patch: patchBetween(from.value, to.value),
  }
}

function sideOf(profile: Profile): DiffSide {
  const { modified_by, created_by, modified_at, created_at } = profile.value
  return {
    profileId: profile.id,
    by: textOrNull(modified_by ?? created_by),
    at: textOrNull(modified_at ?? created_at),
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
