// From options and host to the choice of the engine.
import type { Host } from '../host.ts'
import { cachePlaceOf, cacheRoot } from '../workspace/cache-place.ts'
import type { EngineOptions } from '../workspace/open-engine.ts'
import type { LogOptions } from './parameters.ts'

declare const USAGEBOOK_VERSION: string

// More threads than this wait for each other's memory; who has the machine for it can ask for more.
const MOST_THREADS = 8

export function engineOptions(
  options: Pick<LogOptions, 'cache' | 'threads'>,
  places: readonly { readonly path: string }[],
  host: Host,
): EngineOptions {
  const root = options.cache === false || places.length === 0 ? undefined : cacheRoot(host.environment)
  const cache = root === undefined ? null : cachePlaceOf(root, places, host.cwd)
  const toolVersion = `${USAGEBOOK_VERSION} ${host.zoneRules}`
  return {
    cache,
    toolVersion,
    machineNow: host.machineNow,
    tuning: host.tuning,
    // Asked for only where lines are read.
    get threads() {
      return options.threads ?? Math.min(host.processors, MOST_THREADS)
    },
  }
}
