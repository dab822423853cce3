// Whether the cache works, and what it contains. Without a cache everything works, only slower.
import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemCode, systemReason } from '../../base/errors.ts'
import { bytesOfFile } from '../../base/regular-file.ts'
import { type Diagnosis, ok, warning } from './diagnosis.ts'

const HINT = 'Give the user who runs usagebook a folder for it, or name one in XDG_CACHE_HOME.'

export function diagnoseCache(folder: string | undefined): Diagnosis {
  if (folder === undefined) return ok('cache', 'there is no folder for one, so all logs are read every time')
  try {
    const stats = statSync(folder, { throwIfNoEntry: false })
    if (stats === undefined) {
      accessSync(nearestFolder(folder), constants.W_OK)
      return ok('cache', 'nothing kept yet')
    }
    if (!stats.isDirectory()) return warning('cache', `${folder} is a file, so nothing can be kept.`, 'Delete it.')
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return ok('cache', `${(sizeOf(folder) / 1e6).toFixed(1)} MB kept in ${folder}`)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return warning('cache', `${folder}: ${systemReason(error)}, so nothing can be kept.`, HINT)
  }
}

// The folder itself is made when there is something to keep.
function nearestFolder(path: string): string {
  const parent = dirname(path)
  return parent === path || statSync(parent, { throwIfNoEntry: false }) !== undefined ? parent : nearestFolder(parent)
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + bytesOfFile(join(folder, name)),
    0,
  )
}
