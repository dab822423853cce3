// Where the cache of some logs is: in a folder of its own under the user's cache folder.
import { join, resolve } from 'node:path'
import { digest } from '../../base/digest.ts'
import { UsageError } from '../../base/errors.ts'
import { isBucketPath } from '../../log/bucket-path.ts'

export interface CachePlace {
  /** The folder of all caches. */
  readonly root: string
  /** The folder of the cache of these logs. */
  readonly folder: string
  /** Where these logs are, as absolute paths. */
  readonly logs: readonly string[]
}

/** `$XDG_CACHE_HOME/usagebook`, else `~/.cache/usagebook`; undefined where there is neither. */
export function cacheRoot(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_CACHE_HOME, HOME } = environment
  // The XDG rules say that a relative path is to be ignored.
  if (XDG_CACHE_HOME?.startsWith('/') === true) return join(XDG_CACHE_HOME, 'usagebook')
  return HOME === undefined || HOME === '' ? undefined : join(HOME, '.cache', 'usagebook')
}

export function noCacheFolder(): UsageError {
  return new UsageError('no-cache-folder', 'There is no folder for a cache: neither XDG_CACHE_HOME nor HOME is set.', {
    hint: 'Set XDG_CACHE_HOME to a folder that you can write to.',
  })
}

export function cachePlaceOf(root: string, places: readonly { readonly path: string }[], cwd: string): CachePlace {
  const logs = places.map(({ path }) => (isBucketPath(path) ? path : resolve(cwd, path)))
  return { root, folder: join(root, digest(logs.join('\n')).slice(0, 16)), logs }
}
