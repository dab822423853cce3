// Makes the folders and files of a workspace, and changes nothing that exists.
import { statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConflictError, InputError, systemCode, systemReason } from '../../base/errors.ts'
import { offeredSchedule } from '../schedule/offered-jobs.ts'
import { SCHEDULE_FILE } from '../schedule/read-schedule.ts'

export const CONFIG_SCHEMA_URL = 'https://unpkg.com/usagebook@0/docs/schema/config.json'

export interface WorkspacePart {
  /** Relative to the workspace; a folder ends in a slash. */
  readonly path: string
  readonly purpose: string
  /** What a new file holds; undefined for a folder. */
  readonly content?: string
}

export const WORKSPACE_PARTS: readonly WorkspacePart[] = [
  { path: 'usage_logs/', purpose: 'the logs your application writes, one file per day' },
  { path: 'profiles/', purpose: 'profiles, the sets of checks it runs: one file per version' },
  { path: 'reports/', purpose: 'a place for exports, such as those from cron' },
  { path: 'clients.json', purpose: 'which client uses which profile version', content: '{\n  "clients": {}\n}\n' },
  {
    path: 'prices.json',
    purpose: 'your own prices, used before the built-in ones',
    content: '{\n  "prices": [],\n  "aliases": {}\n}\n',
  },
  {
    path: 'usagebook.config.json',
    purpose: 'settings; flags override them',
    content: `{\n  "$schema": "${CONFIG_SCHEMA_URL}",\n  "logs": "usage_logs"\n}\n`,
  },
]

/** Only where it is asked for: what is in it is run. */
const SCHEDULE_PART: WorkspacePart = {
  path: SCHEDULE_FILE,
  purpose: 'jobs: exports, reports and clean-ups that run by themselves',
  content: offeredSchedule(),
}

export interface MadePart extends WorkspacePart {
  /** False where it was there before. */
  readonly isNew: boolean
}

/**
 * Makes what is missing in `root`, the folder itself too, and tells of every part. Where something of another kind has
 * the name of a part, nothing is made.
 */
export async function initWorkspace(root: string, hasSchedule: boolean): Promise<MadePart[]> {
  try {
    const parts: MadePart[] = []
    for (const part of hasSchedule ? [...WORKSPACE_PARTS, SCHEDULE_PART] : WORKSPACE_PARTS)
      parts.push({ ...part, isNew: !(await readIsThere(root, part)) })
    await mkdir(root, { recursive: true })
    for (const { path, content } of parts.filter(part => part.isNew)) {
      if (content === undefined) await mkdir(join(root, path), { recursive: true })
      else await writeFile(join(root, path), content, { flag: 'wx' })
    }
    return parts
  } catch (error) {
    if (systemCode(error) === undefined || error instanceof ConflictError) throw error
    const file = (error as NodeJS.ErrnoException).path ?? root
    throw new InputError('workspace-unwritable', `${file} cannot be made: ${systemReason(error)}.`, {
      where: { file },
      hint: 'Check the permissions of the folder, or name another one.',
      cause: error,
    })
  }
}

async function readIsThere(root: string, part: WorkspacePart): Promise<boolean> {
  const file = join(root, part.path.replace(/\/$/, ''))
  const isFolder = part.content === undefined
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return false
  if (found.isDirectory() === isFolder) return true
  const [is, needed] = isFolder ? ['a file', 'a folder'] : ['a folder', 'a file']
  throw new ConflictError('name-taken', `${file} is ${is}, and a workspace has ${needed} there.`, {
    where: { file },
    hint: 'Move it away, then run "usagebook init" again.',
  })
}
