// The profiles of a workspace for programs.
import type { Host } from '../app/host.ts'
import { changeVisibility } from '../app/profile/change-visibility.ts'
import { createProfile } from '../app/profile/create-profile.ts'
import { diffProfiles } from '../app/profile/diff-profiles.ts'
import { editProfile } from '../app/profile/edit-profile.ts'
import { contentOf, setsOf } from '../app/profile/given-edits.ts'
import { profileHome } from '../app/profile/home.ts'
import { listProfiles } from '../app/profile/list-profiles.ts'
import { readHistory } from '../app/profile/profile-history.ts'
import { rollbackProfile } from '../app/profile/rollback-profile.ts'
import { showProfile } from '../app/profile/show-profile.ts'
import { validateProfiles } from '../app/profile/validate-profiles.ts'
import { whoUsesProfile } from '../app/profile/who-uses-profile.ts'
import type { Profiles } from './api.ts'

export function profilesOf(root: string, host: Host): Profiles {
  // A library prints nothing; that an interrupted change was finished is in the audit.
  const home = profileHome(root, host, () => undefined)
  return {
    list: ({ client, allVersions = false } = {}) => listProfiles({ client, isAllVersions: allVersions }, home),
    show: id => showProfile(id, home),
    create: ({ dryRun, set, content, ...call }) =>
      createProfile(
        { ...call, content: content && contentOf(content), sets: setsOf(set), isDryRun: dryRun === true },
        home,
      ),
    async edit(id, { dryRun, set, unset = [], content, ...call }) {
      const edits = { content: content && contentOf(content), sets: setsOf(set), unsets: unset }
      return (await editProfile({ ...call, ...edits, id, isDryRun: dryRun === true }, home)).answer
    },
    async visibility(id, { dryRun, all, add = [], remove = [], ...call }) {
      const request = { ...call, id, isForAll: all === true, add, remove, isDryRun: dryRun === true }
      return (await changeVisibility(request, home)).answer
    },
    history: id => readHistory(id, home),
    diff: (a, b) => diffProfiles({ a, b }, home),
    async rollback(id, { dryRun, ...call }) {
      return (await rollbackProfile({ ...call, id, isDryRun: dryRun === true }, home)).answer
    },
    whoUses: id => whoUsesProfile(id, home),
    validate: id => validateProfiles(id, home),
  }
}
