// A text that changes as soon as an answer could: when a log grows, appears or disappears, or when prices, configuration,
// alerts.json or clients change. Made from file sizes and times; no file is opened.
import { join } from 'node:path'
import { digest } from '../../base/digest.ts'
import { readIdentity } from '../../engine/cache/file-identity.ts'
import { findLogs } from '../../log/find-logs.ts'
import { PRICE_FILE } from '../../pricing/price-entries.ts'
import { ALERT_FILE } from '../alert/read-plan.ts'
import type { Host } from '../host.ts'
import { placesOf } from './log-places.ts'
import { CONFIG_FILE, type Workspace } from './workspace.ts'

export function stampOf(workspace: Workspace, host: Host): string {
  // Logs that are missing are for the answer to tell of.
  const places = placesOf({}, host, workspace).map(place => ({ ...place, mayBeAbsent: true as const }))
  const { files, failures } = findLogs(places, host.cwd)
  const own = [CONFIG_FILE, PRICE_FILE, ALERT_FILE, 'clients.json'].map(name => join(workspace.root, name))
  const stamps = [...own, ...files.map(({ path }) => path)].map(path => [path, stampOfFile(path)])
  return digest(JSON.stringify([stamps, failures]))
}

function stampOfFile(path: string): unknown {
  const identity = readIdentity(path)
  return identity === undefined ? null : Object.values(identity)
}
