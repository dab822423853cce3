// Which engine answers the queries of a command.
import { CachedEngine } from '../../engine/cache/cached-engine.ts'
import type { Engine, FileEngine, FileResult, FileTask, RunRequest } from '../../engine/engine.ts'
import { LocalEngine, type LocalEngineOptions } from '../../engine/local/local-engine.ts'
import type { CachePlace } from './cache-place.ts'
import { openPrices } from './open-prices.ts'

/** Ways of reading that change no answer. Only tests choose them: each must give what the others give. */
export interface EngineTuning extends Omit<LocalEngineOptions, 'threads'> {
  /** Fewer bytes of logs than this are not looked up in the cache. */
  readonly leastCacheBytes?: number
}

export interface EngineOptions {
  /** Null for an engine that reads everything anew. */
  readonly cache: CachePlace | null
  /** Of the tool and of the rules of time zones. */
  readonly toolVersion: string
  /** The machine's clock. */
  readonly machineNow: () => number
  /** How many threads may read; one where it is absent. */
  readonly threads?: number
  readonly tuning?: EngineTuning | undefined
}

/** For what must read every line itself. */
export const UNCACHED: EngineOptions = { cache: null, toolVersion: '', machineNow: () => 0 }

export function openEngine(options: EngineOptions): Engine {
  const { cache, toolVersion, machineNow, tuning = {} } = options
  const { leastCacheBytes, ...local } = tuning
  const engine = new EngineOfFirstUse(() => new LocalEngine({ ...local, threads: options.threads ?? 1, openPrices }))
  if (cache === null) return engine
  const { folder, logs } = cache
  const least = leastCacheBytes === undefined ? {} : { leastBytes: leastCacheBytes }
  return new CachedEngine(engine, { folder, logs, toolVersion, now: machineNow, ...least })
}

/** What reads lines is made, and in the bundle loaded, when lines are read: sums that are kept need none of it. */
class EngineOfFirstUse implements FileEngine {
  private readonly make: () => FileEngine
  private made: FileEngine | undefined

  constructor(make: () => FileEngine) {
    this.make = make
  }

  run(request: RunRequest): ReturnType<FileEngine['run']> {
    return this.engine.run(request)
  }

  async runFiles(
    request: RunRequest,
    tasks: readonly FileTask[],
    onResult: (result: FileResult) => void,
  ): Promise<void> {
    if (tasks.length > 0) await this.engine.runFiles(request, tasks, onResult)
  }

  private get engine(): FileEngine {
    this.made ??= this.make()
    return this.made
  }
}
