// The answers of the use cases of profiles and clients: plain values, for any door.
import type { ErrorProblem } from '../../base/errors.ts'
import type { JsonObject } from '../../profile/exact-json.ts'
import type { Difference, PatchStep } from '../../profile/profile-diff.ts'

export type ChangeStatus = 'success' | 'unchanged' | 'dry-run'

/** The answer of a change that makes a version. */
export interface VersionAnswer {
  readonly status: ChangeStatus
  readonly message: string
  /** The version that is there now: the new one, or where nothing changed the one that was edited. */
  readonly profileId: string
  readonly previousProfileId: string | null
  readonly version: number
  readonly clientsMoved: readonly string[]
  /** Clients that may not see the profile any more and stopped using it; absent where there are none. */
  readonly clientsRemoved?: readonly string[]
  /** Only of a dry run: what would change. */
  readonly changes?: readonly string[]
}

export interface ListedProfile {
  /** "brand_check" */
  readonly profile: string
  /** "brand_check_v2" */
  readonly profileId: string
  readonly version: number
  readonly name: string
  readonly visibility: 'all' | 'client_specific'
  readonly visibleToClients: readonly string[]
  /** Clients on this version; of a list of newest versions: on any version. */
  readonly usedBy: readonly { readonly client: string; readonly version: number }[]
  readonly modifiedAt: string | null
  readonly modifiedBy: string | null
}

export interface ProfileList {
  readonly profiles: readonly ListedProfile[]
  /** Versions that could not be read as profiles, and why. */
  readonly broken: readonly { readonly profileId: string; readonly why: string }[]
}

export interface ShownProfile {
  readonly profile: string
  readonly profileId: string
  readonly version: number
  readonly newestVersion: number
  readonly usedBy: readonly string[]
  readonly value: JsonObject
  /** The file's own content. */
  readonly text: string
}

export interface HistoryEntry {
  readonly version: number
  readonly profileId: string
  readonly at: string | null
  readonly by: string | null
  /** "create", "edit", "visibility" or "rollback"; null where the audit does not know the version. */
  readonly action: string | null
  readonly message: string | null
  /** Against the version before, one path each; of version 1 none. */
  readonly changes: readonly string[]
  readonly clients: readonly string[]
  /** Why the file could not be read, where it could not. */
  readonly problem?: string
}

export interface ProfileHistory {
  readonly profile: string
  readonly versions: readonly HistoryEntry[]
}

export interface DiffSide {
  readonly profileId: string
  readonly by: string | null
  readonly at: string | null
}

export interface ProfileDiff {
  readonly from: DiffSide
  readonly to: DiffSide
  /** What people edit; empty where only what usagebook keeps (version, who, when) differs. */
  readonly differences: readonly Difference[]
  /** Turns the first file's content into the second's, all of it. */
  readonly patch: readonly PatchStep[]
}

export interface ProfileUses {
  readonly profile: string
  readonly newestVersion: number
  readonly uses: readonly {
    readonly client: string
    readonly name: string | null
    readonly profileId: string
    readonly version: number
  }[]
}

export interface Validation {
  readonly isValid: boolean
  readonly profiles: number
  readonly versions: number
  readonly clients: number
  readonly problems: readonly ErrorProblem[]
}

export interface ClientAnswer {
  readonly status: ChangeStatus
  readonly message: string
  readonly client: string
  /** The version that it uses from now on; absent where the change is not about one. */
  readonly profileId?: string | null
  /** The version of the same profile that it used before. */
  readonly previousProfileId?: string | null
}

export interface ClientList {
  readonly clients: readonly {
    readonly id: string
    readonly name: string | null
    readonly profiles: readonly string[]
  }[]
}

export interface ShownClient {
  readonly id: string
  readonly name: string | null
  readonly uses: readonly {
    readonly profileId: string
    readonly version: number
    readonly newestVersion: number | null
  }[]
  /** Profiles that it may see and does not use. */
  readonly maySee: readonly string[]
}
