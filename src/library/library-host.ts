// The host of a program that uses the library: its environment is not read unless the program passes it.
import { resolve } from 'node:path'
import type { Host } from '../app/host.ts'
import { quietHost } from '../app/quiet-host.ts'
import type { Instant } from '../base/zone.ts'
import type { HostSettings } from './api.ts'

export function libraryHost(root: string, { environment = {}, cache, now }: HostSettings): Host {
  return quietHost(root, {
    environment: cache === undefined ? environment : { ...environment, XDG_CACHE_HOME: resolve(root, cache) },
    now: () => (now === undefined ? Date.now() : now().getTime()) as Instant,
  })
}
