// Whether files, clients and audit agree: everything that one of them says about the others and that is not true.
import { type ErrorProblem, UsagebookError } from '../base/errors.ts'
import { addAll } from '../base/lists.ts'
import { type AuditEntry, type AuditLine, changesOf, sha256Of } from './audit.ts'
import { type Clients, usersOf, versionsUsed } from './clients.ts'
import { fileOfVersion, findProfileProblems, type Profile, parseProfile } from './profile.ts'
import { formatVersionName, parseVersionName } from './profile-id.ts'
import { type ProfileFields, profileSchema } from './profile-schema.ts'
import { isVisibleTo } from './visibility.ts'

const AUDIT = 'profiles/audit.jsonl'

/** The versions of one profile as their files hold them, lowest first; or why a file could not be read. */
export interface VersionTexts {
  readonly profile: string
  readonly versions: readonly { readonly version: number; readonly text: string | ErrorProblem }[]
}

/** Wrong files, and versions that are missing or not as they were made. */
export function findVersionProblems(
  texts: VersionTexts,
  clients: Clients,
  audit: readonly AuditEntry[],
): ErrorProblem[] {
  const { profile, versions } = texts
  const problems: ErrorProblem[] = []
  const lines = versionLines(profile, audit)
  const newest = versions.at(-1)!.version
  for (const { version, text } of versions) {
    if (typeof text !== 'string') {
      problems.push(text)
      continue
    }
    // Only the newest must fit today's clients: an old version may name one that has gone since.
    const known = version === newest ? new Set(clients.all.keys()) : undefined
    addAll(problems, problemsOfText(text, { profile, version }, known))
    const line = lines.get(version)
    const file = fileOfVersion({ profile, version })
    if (line === undefined && lines.size > 0) problems.push(at(file, 'has no line in the audit'))
    else if (line !== undefined && line.sha256 !== sha256Of(text))
      problems.push(at(file, `is not as ${line.actor} left it at ${line.at}: somebody changed the file since`))
  }
  let next = 1
  for (const { version } of versions) {
    if (version > next) problems.push(missingVersions(profile, next, version - 1))
    next = version + 1
  }
  for (const version of lines.keys()) if (version > newest) problems.push(missingVersions(profile, version, version))
  return problems
}

function missingVersions(profile: string, first: number, last: number): ErrorProblem {
  const file = fileOfVersion({ profile, version: first })
  if (first === last) return at(file, 'is missing')
  return at(file, `is missing, and so is every version up to ${formatVersionName({ profile, version: last })}`)
}

/** Clients that use what is not there, what they may not see, two versions of one profile, or not what the audit says. */
export function findClientProblems(
  clients: Clients,
  fieldsOf: (id: string) => ProfileFields | undefined,
  newestFieldsOf: (profile: string) => ProfileFields | undefined,
  audit: readonly AuditEntry[],
): ErrorProblem[] {
  const problems: ErrorProblem[] = []
  for (const client of clients.all.values()) {
    for (const id of client.profiles) {
      const name = parseVersionName(id)!
      const fields = fieldsOf(id)
      if (fields === undefined) problems.push(inClients(client.id, `uses ${id}, which is not there or is broken`))
      else if (!isVisibleTo(client.id, fields) || !isVisibleTo(client.id, newestFieldsOf(name.profile) ?? {}))
        problems.push(inClients(client.id, `uses ${id}, which it may not see`))
      const used = versionsUsed(client, name.profile)
      if (used.length > 1 && used[0] === id) problems.push(inClients(client.id, `uses ${used.join(' and ')} at once`))
    }
  }
  return [...problems, ...disagreements(clients, audit)]
}

/** Audit lines that are none. */
export function findAuditProblems(audit: readonly AuditEntry[]): ErrorProblem[] {
  return audit.flatMap(entry =>
    'problem' in entry ? [{ message: entry.problem, where: { file: AUDIT, line: entry.line } }] : [],
  )
}

// Only where the audit has a last word: what was set up by hand before the first command is taken as it is.
function disagreements(clients: Clients, audit: readonly AuditEntry[]): ErrorProblem[] {
  const lastWords = new Map<string, { client: string; profile: string; version: number | null }>()
  const say = (client: string, profile: string, version: number | null) => {
    lastWords.set(`${client}\n${profile}`, { client, profile, version })
  }
  for (const line of changesOf(audit)) {
    if (line.action === 'remove' && line.client !== undefined) {
      for (const [key, word] of lastWords) if (word.client === line.client) lastWords.delete(key)
    }
    if (line.profile === null) continue
    for (const client of line.clientsMoved) say(client, line.profile, line.toVersion)
    for (const client of line.clientsRemoved ?? []) say(client, line.profile, null)
  }
  return [...lastWords.values()].flatMap(({ client, profile, version }) => {
    const uses = usersOf(clients, { profile, version: undefined }).find(user => user.client === client)?.version ?? null
    if (uses === version) return []
    const [is, was] = [uses, version].map(number =>
      number === null ? `no ${profile}` : formatVersionName({ profile, version: number }),
    )
    return [inClients(client, `uses ${is}, but the audit last says ${was}`)]
  })
}

/** The lines that made the versions of a profile. */
function versionLines(profile: string, audit: readonly AuditEntry[]): Map<number, AuditLine> {
  const lines = new Map<number, AuditLine>()
  for (const line of changesOf(audit)) {
    if (line.profile === profile && line.client === undefined && line.toVersion !== null)
      lines.set(line.toVersion, line)
  }
  return lines
}

function problemsOfText(
  text: string,
  name: { profile: string; version: number },
  clients: ReadonlySet<string> | undefined,
): ErrorProblem[] {
  const profile = parseOrProblem(text, name)
  return 'message' in profile ? [profile] : findProfileProblems(profile, clients)
}

/** The fields of a text that is in order, else undefined. */
export function fieldsOfText(
  text: string | ErrorProblem,
  name: { profile: string; version: number },
): ProfileFields | undefined {
  if (typeof text !== 'string') return undefined
  const profile = parseOrProblem(text, name)
  return 'message' in profile ? undefined : profileSchema.safeParse(profile.json.value).data
}

function parseOrProblem(text: string, name: { profile: string; version: number }): Profile | ErrorProblem {
  try {
    return parseProfile(text, name)
  } catch (error) {
    if (error instanceof UsagebookError)
      return {
        message: error.message.replace(`${fileOfVersion(name)} `, '').replace(/\.$/, ''),
        where: error.where ?? {},
      }
    throw error
  }
}

function at(file: string, message: string): ErrorProblem {
  return { message, where: { file } }
}

function inClients(client: string, message: string): ErrorProblem {
  return { message, where: { file: 'clients.json', path: `clients.${client}` } }
}
