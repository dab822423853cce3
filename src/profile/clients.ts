// clients.json: which client uses which version of which profile. Its text is kept, so that a change touches no more than
// it must.
import { z } from 'zod'
import { parseEditedJson } from '../base/edited-json.ts'
import { ConfigError, type ErrorProblem, UsageError } from '../base/errors.ts'
import { addAll } from '../base/lists.ts'
import { nearestNames } from '../base/nearest.ts'
import { schemaProblems } from '../base/schema-problems.ts'
import { removeFromJson, setInJson } from './edit-json.ts'
import { findBadKeys, type JsonPath, withoutMark } from './exact-json.ts'
import { type ProfileReference, parseVersionName } from './profile-id.ts'

export const CLIENTS_FILE = 'clients.json'
export const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$/

const client = z.looseObject({
  name: z.string().optional().describe('the name that people read'),
  profiles: z
    .array(z.string().refine(id => parseVersionName(id) !== undefined, 'is not the id of a profile version'))
    .optional()
    .describe('the versions that the client uses, at most one of each profile'),
})

export const clientsSchema = z.looseObject({
  clients: z
    .record(z.string().regex(CLIENT_ID, 'is not the id of a client'), client)
    .describe('the clients by id, as the usage logs name them'),
})

export interface Client {
  readonly id: string
  readonly name: string | undefined
  readonly profiles: readonly string[]
}

export interface Clients {
  /** As it stands in the file; undefined where there is none. */
  readonly text: string | undefined
  readonly all: ReadonlyMap<string, Client>
}

export const NO_CLIENTS: Clients = { text: undefined, all: new Map() }

/** The clients of a text; all that is wrong in it is one ConfigError. */
export function parseClients(text: string): Clients {
  const json = parseEditedJson(text, CLIENTS_FILE)
  const source = withoutMark(text)
  const problems: ErrorProblem[] = findBadKeys(source).map(({ path, why }) => ({
    message: why,
    where: { file: CLIENTS_FILE, line: json.lineOf(path), path: path.join('.') },
  }))
  const parsed = clientsSchema.safeParse(json.value)
  if (!parsed.success) addAll(problems, schemaProblems(parsed.error, json, CLIENTS_FILE))
  if (!parsed.success || problems.length > 0) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
    throw new ConfigError('bad-clients', `${CLIENTS_FILE} has ${count}.`, {
      where: problems[0]?.where ?? { file: CLIENTS_FILE },
      problems,
      hint: `Fix ${CLIENTS_FILE}: {"clients": {"diageo": {"name": "Diageo", "profiles": ["brand_check"]}}}.`,
    })
  }
  const entries = Object.entries(parsed.data.clients)
  return {
    text: source,
    all: new Map(entries.map(([id, value]) => [id, { id, name: value.name, profiles: value.profiles ?? [] }])),
  }
}

export function addClient(clients: Clients, id: string, name: string | undefined): Clients {
  const json = JSON.stringify({ ...(name === undefined ? {} : { name }), profiles: [] })
  return parseClients(setInJson(clients.text ?? '{\n  "clients": {}\n}\n', ['clients', id], json))
}

export function removeClient(clients: Clients, id: string): Clients {
  return parseClients(removeFromJson(clients.text!, ['clients', id]))
}

/** Lets a client use `id` instead of each version in `instead`; without `id` it uses none of them. */
export function replaceVersions(clients: Clients, client: string, instead: readonly string[], id?: string): Clients {
  const { profiles } = clients.all.get(client)!
  const place = ['clients', client, 'profiles']
  const kept = profiles.findIndex(profile => instead.includes(profile))
  let text = clients.text!
  for (let index = profiles.length - 1; index >= 0; index--) {
    if (!instead.includes(profiles[index]!) || (index === kept && id !== undefined)) continue
    text = removeFromJson(text, [...place, index])
  }
  if (id !== undefined) text = setListItem(text, place, kept === -1 ? profiles.length : kept, id, profiles.length === 0)
  return parseClients(text)
}

function setListItem(text: string, place: JsonPath, index: number, id: string, isFirst: boolean): string {
  // A client without a list gets one.
  return isFirst ? setInJson(text, place, JSON.stringify([id])) : setInJson(text, [...place, index], JSON.stringify(id))
}

/** The versions of a profile that a client uses: one, or by hand several. */
export function versionsUsed(client: Client, profile: string): string[] {
  return client.profiles.filter(id => parseVersionName(id)?.profile === profile)
}

/** Which clients use a profile, and in which version; with a version named, only those on that one. */
export function usersOf(clients: Clients, wanted: ProfileReference): { client: string; version: number }[] {
  return [...clients.all.values()].flatMap(client =>
    client.profiles.flatMap(id => {
      const name = parseVersionName(id)
      const isWanted = name?.profile === wanted.profile && (wanted.version ?? name.version) === name.version
      return isWanted ? [{ client: client.id, version: name.version }] : []
    }),
  )
}

/** A client by its id; an unknown one is a UsageError. */
export function findClient(clients: Clients, id: string): Client {
  const client = clients.all.get(id)
  if (client !== undefined) return client
  const near = nearestNames(id, clients.all.keys())
  throw new UsageError('unknown-client', `There is no client ${JSON.stringify(id)} in ${CLIENTS_FILE}.`, {
    hint:
      near.length > 0
        ? `Use ${near.join(' or ')}.`
        : `Add it with "usagebook client add ${id}", or see "usagebook client list".`,
  })
}
