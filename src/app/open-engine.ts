// Which engine answers the queries of a command.
import { CachedEngine } from '../engine/cached-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { LocalEngine } from '../engine/local-engine.ts'
import type { CachePlace } from './cache-place.ts'

export interface EngineOptions {
  /** Null for an engine that reads everything anew. */
  readonly cache: CachePlace | null
  /** Of the tool and of the rules of time zones. */
  readonly toolVersion: string
  /** The machine's clock. */
  readonly machineNow: () => number
  /** How many threads may read; one where it is absent. */
  readonly threads?: number
}

/** For what must read every line itself. */
export const UNCACHED: EngineOptions = { cache: null, toolVersion: '', machineNow: () => 0 }

export function openEngine({ cache, toolVersion, machineNow, threads = 1 }: EngineOptions): Engine {
  const engine = new LocalEngine({ threads })
  if (cache === null) return engine
  return new CachedEngine(engine, { folder: cache.folder, logs: cache.logs, toolVersion, now: machineNow })
}
