// One version of a profile: the text of its file, and the same as values.
import { type EditedJson, parseEditedJson } from '../base/edited-json.ts'
import { ConfigError, type ErrorProblem } from '../base/errors.ts'
import { addAll } from '../base/lists.ts'
import { schemaProblems } from '../base/schema-problems.ts'
import { findBadKeys, type JsonObject, type JsonPath, parseExactJson, withoutMark } from './exact-json.ts'
import { formatVersionName, type VersionName } from './profile-id.ts'
import { type ProfileFields, profileSchema } from './profile-schema.ts'

export interface Profile extends VersionName {
  /** "brand_check_v2" */
  readonly id: string
  /** How the file is named in messages, from the workspace: "profiles/brand_check_v2.json". */
  readonly file: string
  readonly text: string
  readonly value: JsonObject
  /** The same with the line of every value. */
  readonly json: EditedJson
}

export function fileOfVersion(name: VersionName): string {
  return `profiles/${formatVersionName(name)}.json`
}

/** The version that a text holds; a text that is no JSON object is a ConfigError. What is in it is not checked. */
export function parseProfile(text: string, name: VersionName, file = fileOfVersion(name)): Profile {
  const json = parseEditedJson(text, file)
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) {
    throw new ConfigError('bad-profile', `${file} holds no JSON object.`, {
      where: { file, line: 1 },
      hint: 'Write an object with a name and checks: {"name": "Brand check", "checks": {}}.',
    })
  }
  const source = withoutMark(text)
  const value = parseExactJson(source) as JsonObject
  return { ...name, id: formatVersionName(name), file, text: source, value, json }
}

/** All that is wrong in a profile; where `clients` are given, each client it names must be one of them. */
export function findProfileProblems(profile: Profile, clients?: ReadonlySet<string>): ErrorProblem[] {
  const problem = (path: JsonPath, message: string): ErrorProblem => ({
    message,
    where: { file: profile.file, line: profile.json.lineOf(path), path: path.join('.') },
  })
  const problems = findBadKeys(profile.text).map(key => problem(key.path, key.why))
  const parsed = profileSchema.safeParse(profile.json.value)
  if (!parsed.success) addAll(problems, schemaProblems(parsed.error, profile.json, profile.file))
  const { version, visibility, visible_to_clients: list = [] } = profile.value
  if (typeof version === 'number' && version !== profile.version)
    problems.push(problem(['version'], `is ${version}, but the file's name says ${profile.version}`))
  if (!Array.isArray(list)) return problems
  const named = list.filter(client => typeof client === 'string')
  if (visibility === 'client_specific' && list.length === 0)
    problems.push(problem(['visible_to_clients'], 'names nobody, so no client could use the profile'))
  named.forEach((client, index) => {
    const path = ['visible_to_clients', index]
    if (named.indexOf(client) !== index) problems.push(problem(path, `names ${JSON.stringify(client)} twice`))
    else if (clients !== undefined && !clients.has(client))
      problems.push(problem(path, `there is no client ${JSON.stringify(client)} in clients.json`))
  })
  return problems
}

/** The known fields of a profile; one with anything wrong in it is a ConfigError that lists all of it. */
export function parseFields(profile: Profile): ProfileFields {
  const problems = findProfileProblems(profile)
  if (problems.length > 0) throw badProfile(profile, problems, `Fix ${profile.file}, or restore it from a copy.`)
  return profileSchema.parse(profile.json.value)
}

export function badProfile(profile: Profile, problems: readonly ErrorProblem[], hint: string): ConfigError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  const where = problems[0]?.where ?? { file: profile.file }
  return new ConfigError('bad-profile', `${profile.file} has ${count}.`, { where, problems, hint })
}
