// Flags that the access commands share, and how they turn them into options.
import { accessHome } from '../../app/access/home.ts'
import { GRANT, PASSWORD } from '../../app/access/parameters.ts'
import type { Workspace } from '../../app/workspace/workspace.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import type { CommonOptions } from '../command.ts'
import type { Context } from '../context.ts'
import { type FlagOptions, flagsOfParameters } from './flag.ts'
import { formatFlag } from './format-flag.ts'
import { byFlag, noteOf } from './profile-flags.ts'

export const LIST_FLAGS = [formatFlag(['text', 'json'])] as const

/** The flags of every change. */
export const CHANGE_FLAGS = [{ ...byFlag, group: 'Access' }, ...LIST_FLAGS] as const

export const GRANT_FLAGS = flagsOfParameters('Access', GRANT)

export const PASSWORD_FLAGS = flagsOfParameters('Access', PASSWORD)

/** What the use-cases of access need to work in a workspace. */
export function homeOf(workspace: Workspace, options: CommonOptions, context: Context) {
  return accessHome(workspace.root, context, noteOf(options, context))
}

/** The grant that was asked for; a role must be named. */
export function grantOf({ role, client, user }: FlagOptions<(typeof GRANT_FLAGS)[number]>) {
  if (role !== undefined) return { role, clients: client, user }
  throw new UsageError('no-role', 'It is not said what may be done.', {
    where: { option: 'role' },
    hint: `Name a role with ${optionName('role')}: ${GRANT.role.choices.join(', ')}.`,
  })
}
