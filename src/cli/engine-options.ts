// How the options of a command line choose the engine.
import { cachePlaceOf, cacheRoot } from '../app/cache-place.ts'
import type { EngineOptions } from '../app/open-engine.ts'
import type { Options } from './command.ts'
import type { Context } from './context.ts'

declare const USAGEBOOK_VERSION: string

export function engineOptions(
  options: Options,
  places: readonly { readonly path: string }[],
  context: Context,
): EngineOptions {
  const root = options.cache === false ? undefined : cacheRoot(context.environment)
  const cache = root === undefined ? null : cachePlaceOf(root, places, context.cwd)
  return { cache, toolVersion: `${USAGEBOOK_VERSION} ${context.zoneRules}`, machineNow: context.machineNow }
}
