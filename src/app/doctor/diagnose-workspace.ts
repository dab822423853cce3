// Whether the workspace is usable: its folder, its configuration, its parts, and the permissions that the program needs.
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { systemReason, UsagebookError } from '../../base/errors.ts'
import { openPriceBook } from '../../pricing/open-price-book.ts'
import { WORKSPACE_PARTS } from '../workspace/init-workspace.ts'
import { type Diagnosis, failure, ok, warning } from './diagnosis.ts'

export function diagnoseWorkspace(root: string, configFile: string | undefined): Diagnosis {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return failure(
      'workspace',
      `${root} is not a folder.`,
      'Name another with --root, or make one with "usagebook init".',
    )
  }
  const config = configFile === undefined ? 'no configuration, all settings are the defaults' : 'usagebook.config.json'
  return ok('workspace', `${root}, ${config}`)
}

export function diagnoseConfiguration(problem: UsagebookError | undefined): Diagnosis {
  if (problem === undefined) return ok('configuration', 'in order')
  const details = problem.problems.map(({ message, where }) => `${where?.path ?? ''} ${message}`.trim())
  return failure('configuration', [problem.message, ...details].join(' '), problem.hint ?? 'Fix the file.')
}

/** A file where a folder should be, or the other way about. */
export function diagnoseParts(root: string): Diagnosis {
  const wrong = WORKSPACE_PARTS.filter(({ path, content }) => {
    const stats = statSync(join(root, path.replace(/\/$/, '')), { throwIfNoEntry: false })
    return stats !== undefined && stats.isDirectory() !== (content === undefined)
  })
  if (wrong.length === 0) return ok('parts', 'folders are folders, files are files')
  const names = wrong.map(({ path, content }) => `${path} should be a ${content === undefined ? 'folder' : 'file'}`)
  return failure('parts', `${names.join(', ')}.`, 'Move it away, then run "usagebook init".')
}

/** Reading is needed everywhere, writing for new profile versions and exports. */
export function diagnoseRights(root: string): Diagnosis {
  const refused = WORKSPACE_PARTS.flatMap(({ path }) => {
    const full = join(root, path.replace(/\/$/, ''))
    if (statSync(full, { throwIfNoEntry: false }) === undefined) return []
    const mode = path === 'usage_logs/' ? constants.R_OK | constants.X_OK : constants.R_OK | constants.W_OK
    try {
      accessSync(full, mode)
      return []
    } catch (error) {
      return [`${path}: ${systemReason(error)}`]
    }
  })
  if (refused.length === 0) return ok('rights', 'all parts can be read, and written where that is needed')
  return warning('rights', `${refused.join('; ')}.`, 'Give the user who runs usagebook access to them.')
}

export async function diagnosePrices(root: string): Promise<Diagnosis> {
  try {
    return ok('prices', (await openPriceBook(root)).source)
  } catch (error) {
    if (!(error instanceof UsagebookError)) throw error
    return failure('prices', error.message, error.hint ?? 'Fix prices.json.')
  }
}
