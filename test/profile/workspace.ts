// A small workspace in a temporary folder: three clients on a brand check, and what a use-case needs to work in it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { addClient } from '../../src/app/client/add-client.ts'
import { assignProfile } from '../../src/app/client/assign-profile.ts'
import { createProfile } from '../../src/app/profile/create-profile.ts'
import { type EditRequest, editProfile } from '../../src/app/profile/edit-profile.ts'
import type { Instant } from '../../src/base/zone.ts'
import type { ProfileHome } from '../../src/profile/profile-home.ts'

export const ANNA = { by: 'anna@diageo.com', isDryRun: false }
export const BEN = { by: 'ben@diageo.com', isDryRun: false }

export interface TestHome extends ProfileHome {
  readonly notes: string[]
}

/** An empty workspace that goes when the test ends; the clock stands at 10 o'clock of 2 February 2026. */
export function makeHome(): TestHome {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-test-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return homeAt(root)
}

export function homeAt(root: string): TestHome {
  const notes: string[] = []
  return {
    root,
    hostName: hostname(),
    processId: process.pid,
    now: () => Date.parse('2026-02-02T10:00:00Z') as Instant,
    note: text => notes.push(text),
    notes,
  }
}

/** Clients diageo, unilever and loreal, all three on version 1 of brand_check. */
export async function makeBrandCheck(home = makeHome()): Promise<TestHome> {
  for (const client of ['diageo', 'unilever', 'loreal']) await addClient({ ...ANNA, client }, home)
  const sets = ['pass_threshold=80', 'checks.logo={"enabled":true,"weight":2}']
  await createProfile({ ...ANNA, name: 'Brand check', sets }, home)
  for (const client of ['diageo', 'unilever', 'loreal'])
    await assignProfile({ ...ANNA, client, id: 'brand_check' }, home)
  return home
}

export function edit(home: ProfileHome, id: string, sets: readonly string[], more: Partial<EditRequest> = {}) {
  return editProfile({ ...BEN, id, sets, unsets: [], ...more }, home)
}

export function readProfile(home: ProfileHome, id: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(home.root, 'profiles', `${id}.json`), 'utf8')) as Record<string, unknown>
}

/** What each client uses. */
export function readUses(home: ProfileHome): Record<string, string[]> {
  const file = JSON.parse(readFileSync(join(home.root, 'clients.json'), 'utf8')) as {
    clients: Record<string, { profiles: string[] }>
  }
  return Object.fromEntries(Object.entries(file.clients).map(([id, client]) => [id, client.profiles]))
}

export function readAuditLines(home: ProfileHome): Record<string, unknown>[] {
  const text = readFileSync(join(home.root, 'profiles', 'audit.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>)
}

/** Every file of the workspace with its text, to see that nothing changed. */
export function readAll(root: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && existsSync(path)) files[path.slice(root.length + 1)] = readFileSync(path, 'utf8')
  }
  return files
}
