// The versions of a profile, newest first: when, who, why, what changed, and which clients are on each.
import { ConfigError } from '../../base/errors.ts'
import { type AuditLine, changesOf } from '../../profile/audit.ts'
import { usersOf } from '../../profile/clients.ts'
import { readAudit, readVersion, versionsOf } from '../../profile/folder.ts'
import type { Profile } from '../../profile/profile.ts'
import { differencesBetween, formatDifference } from '../../profile/profile-diff.ts'
import type { ProfileHome } from '../../profile/profile-home.ts'
import { formatVersionName, parseReference } from '../../profile/profile-id.ts'
import { openSnapshot } from '../../profile/transaction.ts'
import type { HistoryEntry, ProfileHistory } from './answers.ts'

export async function readHistory(id: string, home: ProfileHome): Promise<ProfileHistory> {
  const { clients, shelf } = await openSnapshot(home)
  const { profile } = parseReference(id)
  const numbers = versionsOf(shelf, profile)
  // After the shelf: a version is never there before its line.
  const lines = new Map<number | null, AuditLine>()
  for (const line of changesOf(readAudit(home))) {
    if (line.profile === profile && line.sha256 !== null && line.client === undefined) lines.set(line.toVersion, line)
  }
  let before: Profile | undefined
  const versions = numbers.map(version => {
    const current = readOrProblem(home, profile, version)
    const entry = historyEntry(current, before, version, lines.get(version))
    before = typeof current === 'string' ? undefined : current
    const profileId = formatVersionName({ profile, version })
    return { ...entry, profileId, clients: usersOf(clients, { profile, version }).map(user => user.client) }
  })
  return { profile, versions: versions.reverse() }
}

function historyEntry(
  current: Profile | string,
  before: Profile | undefined,
  version: number,
  line: AuditLine | undefined,
): Omit<HistoryEntry, 'profileId' | 'clients'> {
  const audited = { version, action: line?.action ?? null, message: line?.message ?? null }
  if (typeof current === 'string')
    return { ...audited, at: line?.at ?? null, by: line?.actor ?? null, changes: [], problem: current }
  const { modified_at, modified_by, created_at, created_by } = current.value
  return {
    ...audited,
    at: textOr(modified_at ?? created_at, line?.at),
    by: textOr(modified_by ?? created_by, line?.actor),
    changes: before === undefined ? [] : differencesBetween(before.value, current.value).map(formatDifference),
  }
}

function readOrProblem(home: ProfileHome, profile: string, version: number): Profile | string {
  try {
    return readVersion(home, { profile, version })
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

function textOr(value: unknown, otherwise: string | undefined): string | null {
  return typeof value === 'string' ? value : (otherwise ?? null)
}
