// How the options of a command line choose the engine.
import { cachePlaceOf, cacheRoot } from '../app/workspace/cache-place.ts'
import type { EngineOptions } from '../app/workspace/open-engine.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'

declare const USAGEBOOK_VERSION: string

// More threads than this wait for each other's memory; who has the machine for it can ask for more.
const MOST_THREADS = 8

export function engineOptions(
  options: Options,
  places: readonly { readonly path: string }[],
  context: Context,
): EngineOptions {
  const root = options.cache === false ? undefined : cacheRoot(context.environment)
  const cache = root === undefined ? null : cachePlaceOf(root, places, context.cwd)
  const threads = (options.threads as number | undefined) ?? Math.min(context.processors, MOST_THREADS)
  const toolVersion = `${USAGEBOOK_VERSION} ${context.zoneRules}`
  return { cache, toolVersion, machineNow: context.machineNow, threads, tuning: context.tuning }
}
