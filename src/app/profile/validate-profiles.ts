// Checks that profile files, clients and audit are in order and agree.
import { join } from 'node:path'
import { type ErrorProblem, InputError } from '../../base/errors.ts'
import {
  fieldsOfText,
  findAuditProblems,
  findClientProblems,
  findVersionProblems,
  type VersionTexts,
} from '../../profile/find-disagreements.ts'
import { readAudit, readInside, readSnapshot, type Shelf, versionsOf } from '../../profile/folder.ts'
import { type ProfileHome, pathsOf } from '../../profile/profile-home.ts'
import { formatVersionName, parseReference, type VersionName } from '../../profile/profile-id.ts'
import { readQuietly } from '../../profile/transaction.ts'
import type { Validation } from './answers.ts'

/** Checks one profile, or without an id all, the clients and the audit. */
export async function validateProfiles(id: string | undefined, home: ProfileHome): Promise<Validation> {
  const only = id === undefined ? undefined : parseReference(id).profile
  return await readQuietly(home, () => {
    const { clients, shelf } = readSnapshot(home)
    if (only !== undefined) versionsOf(shelf, only)
    const audit = readAudit(home)
    const texts = readTexts(home, shelf)
    const wanted = texts.filter(entry => only === undefined || entry.profile === only)
    const problems = wanted.flatMap(entry => findVersionProblems(entry, clients, audit))
    if (only === undefined) {
      const fields = new Map(
        texts.flatMap(({ profile, versions }) =>
          versions.map(
            ({ version, text }) =>
              [formatVersionName({ profile, version }), fieldsOfText(text, { profile, version })] as const,
          ),
        ),
      )
      const newest = (profile: string) => formatVersionName({ profile, version: versionsOf(shelf, profile).at(-1)! })
      problems.push(
        ...findClientProblems(
          clients,
          version => fields.get(version),
          profile => fields.get(newest(profile)),
          audit,
        ),
        ...findAuditProblems(audit),
        ...shelf.strays.map(file => ({
          message: 'is not the name of a profile version',
          where: { file: `profiles/${file}` },
        })),
      )
    }
    return {
      isValid: problems.length === 0,
      profiles: wanted.length,
      versions: wanted.reduce((sum, entry) => sum + entry.versions.length, 0),
      clients: clients.all.size,
      problems,
    }
  })
}

function readTexts(home: ProfileHome, shelf: Shelf): VersionTexts[] {
  return [...shelf.profiles].map(([profile, versions]) => ({
    profile,
    versions: versions.map(version => ({ version, text: readTextOrProblem(home, { profile, version }) })),
  }))
}

function readTextOrProblem(home: ProfileHome, name: VersionName): string | ErrorProblem {
  try {
    return readInside(join(pathsOf(home).folder, `${formatVersionName(name)}.json`)) ?? ''
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { message: error.message, where: error.where ?? {} }
  }
}
