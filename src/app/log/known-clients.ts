// The clients that a workspace knows: the keys of clients.json.
import { join } from 'node:path'
import { parseEditedJson } from '../../base/edited-json.ts'
import { readInside } from '../../profile/folder.ts'

/** Undefined if there is no clients.json, or no client in it. */
export function readKnownClients(root: string): ReadonlySet<string> | undefined {
  const file = join(root, 'clients.json')
  const text = readInside(file)
  if (text === undefined) return undefined
  const { value } = parseEditedJson(text, file)
  const clients = Object.keys((value as { clients?: object } | null)?.clients ?? {})
  return clients.length === 0 ? undefined : new Set(clients)
}
