// The host of a program that prints nothing: the library, the server. It has no standard input and no login name.
import { availableParallelism, hostname } from 'node:os'
import { Readable } from 'node:stream'
import type { Host } from './host.ts'

export function quietHost(root: string, given: Pick<Host, 'environment' | 'now'>): Host {
  return {
    ...given,
    cwd: root,
    stdin: Readable.from([]),
    isStdinPiped: false,
    hostName: hostname(),
    loginName: () => undefined,
    machineNow: () => Date.now(),
    processors: availableParallelism(),
    zoneRules: process.versions.tz ?? '',
    timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}
