// Shows and removes what is in the caches.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { formatInstantUtc } from '../../base/calendar.ts'
import { InputError, systemCode, systemReason } from '../../base/errors.ts'
import { largestOf } from '../../base/lists.ts'
import { readTextFile } from '../../base/regular-file.ts'
import type { Instant } from '../../base/zone.ts'
import { CacheStore } from '../../engine/cache/cache-store.ts'
import { MOST_BYTES, ORIGIN_FILE } from '../../engine/cache/cached-engine.ts'
import type { Host } from '../host.ts'
import { type CachePlace, cachePlaceOf, cacheRoot, noCacheFolder } from './cache-place.ts'
import { type NamedLogs, placesOf } from './log-places.ts'
import type { Workspace } from './workspace.ts'

export interface CacheSummary {
  readonly folder: string
  /** Where its logs are; empty where the folder does not say. */
  readonly logs: readonly string[]
  readonly files: number
  readonly sizeBytes: number
  /** When it was last used, to the hour; null where it is empty. */
  readonly usedMs: number | null
}

export interface CacheStatus {
  /** The folder of all caches. */
  readonly root: string
  /** The largest that one cache may become. */
  readonly mostBytes: number
  /** The cache of the logs that were asked for. */
  readonly own: CacheSummary
  readonly others: readonly CacheSummary[]
}

/** Where the sums of some logs are kept. */
export function cachePlace(options: NamedLogs, host: Host, workspace: Workspace): CachePlace {
  const root = cacheRoot(host.environment)
  if (root !== undefined) return cachePlaceOf(root, placesOf(options, host, workspace), host.cwd)
  throw noCacheFolder()
}

/** A summary as a document has it. */
export function summaryObject({ folder, logs, files, sizeBytes, usedMs }: CacheSummary) {
  return { logs, folder, files, sizeBytes, lastUsed: usedMs === null ? null : formatInstantUtc(usedMs as Instant) }
}

export function statusObject({ root, mostBytes, own, others }: CacheStatus) {
  return { root, mostBytes, cache: summaryObject(own), others: others.map(summaryObject) }
}

export function readCacheStatus(place: CachePlace, machineNow: () => number): CacheStatus {
  const own = { ...summarize(place.folder, machineNow), logs: place.logs }
  const others = cacheFolders(place.root)
    .filter(folder => folder !== place.folder)
    .map(folder => summarize(folder, machineNow))
  return { root: place.root, mostBytes: MOST_BYTES, own, others }
}

/** Removes the cache of some logs, or all of them, and says what was there. */
export function clearCache(place: CachePlace, isAll: boolean, machineNow: () => number): CacheSummary[] {
  const folders = isAll ? cacheFolders(place.root) : [place.folder]
  return folders.map(folder => {
    const summary = summarize(folder, machineNow)
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      throw new InputError('cache-not-cleared', `The cache ${folder} cannot be removed: ${systemReason(error)}.`, {
        where: { file: folder },
        hint: 'Check the permissions of the folder, or remove it by hand: nothing is lost with it.',
        cause: error,
      })
    }
    return summary
  })
}

function summarize(folder: string, machineNow: () => number): CacheSummary {
  const files = new CacheStore(folder, machineNow).list().filter(file => file.name !== ORIGIN_FILE)
  return {
    folder,
    logs: readOrigin(folder),
    files: files.length,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    usedMs: files.length === 0 ? null : largestOf(files.map(file => file.usedMs)),
  }
}

function cacheFolders(root: string): string[] {
  try {
    const entries = readdirSync(root, { withFileTypes: true })
    return entries.filter(entry => entry.isDirectory()).map(entry => join(root, entry.name))
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return []
  }
}

function readOrigin(folder: string): string[] {
  try {
    const { logs } = JSON.parse(readTextFile(join(folder, ORIGIN_FILE))) as { logs?: unknown }
    return Array.isArray(logs) ? logs.map(String) : []
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error
    return []
  }
}
