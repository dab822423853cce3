// Which clients a workspace knows: the keys of clients.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeText } from '../base/decode-text.ts'
import { parseEditedJson } from '../base/edited-json.ts'
import { systemCode } from '../base/errors.ts'

/** Undefined where there is no clients.json, or none in it. */
export function readKnownClients(root: string): ReadonlySet<string> | undefined {
  const file = join(root, 'clients.json')
  try {
    const { value } = parseEditedJson(decodeText(readFileSync(file), file), file)
    const clients = Object.keys((value as { clients?: object } | null)?.clients ?? {})
    return clients.length === 0 ? undefined : new Set(clients)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
