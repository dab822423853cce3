// The host of a program that uses the library: nothing of its environment is read unless it hands it over.
import { availableParallelism, hostname } from 'node:os'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { Host } from '../app/host.ts'
import type { Instant } from '../base/zone.ts'
import type { HostSettings } from './api.ts'

export function libraryHost(root: string, { environment = {}, cache, now }: HostSettings): Host {
  const machineNow = () => Date.now()
  return {
    environment: cache === undefined ? environment : { ...environment, XDG_CACHE_HOME: resolve(root, cache) },
    cwd: root,
    stdin: Readable.from([]),
    isStdinPiped: false,
    hostName: hostname(),
    loginName: () => undefined,
    now: () => (now === undefined ? machineNow() : now().getTime()) as Instant,
    machineNow,
    processors: availableParallelism(),
    zoneRules: process.versions.tz ?? '',
    timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}
