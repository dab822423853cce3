// The files in `reports/`. They are found by listing the folder: a requested name is compared with the list and never
// made into a path.
import { closeSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { formatInstantUtc } from '../../base/calendar.ts'
import { systemCode } from '../../base/errors.ts'
import { openRegular } from '../../base/regular-file.ts'
import type { Instant } from '../../base/zone.ts'

const REPORTS_FOLDER = 'reports'

export interface GeneratedReport {
  /** The name of the file. */
  readonly id: string
  readonly sizeBytes: number
  readonly modifiedAt: string
}

/** The newest first. Folders, links, hidden files and what is still being written are left out. */
export function listGeneratedReports(root: string): GeneratedReport[] {
  const reports = namesOf(root).flatMap((id): (GeneratedReport & { readonly ms: number })[] => {
    const stats = statSync(join(root, REPORTS_FOLDER, id), { throwIfNoEntry: false })
    if (stats === undefined) return []
    const ms = Math.floor(stats.mtimeMs)
    return [{ id, sizeBytes: stats.size, modifiedAt: formatInstantUtc(ms as Instant), ms }]
  })
  return reports.sort((a, b) => b.ms - a.ms || (a.id < b.id ? -1 : 1)).map(({ ms: _, ...report }) => report)
}

/** Undefined where there is none of that name. */
export function readGeneratedReport(root: string, id: string): Buffer | undefined {
  const name = namesOf(root).find(known => known === id)
  if (name === undefined) return undefined
  try {
    const descriptor = openRegular(join(root, REPORTS_FOLDER, name))
    try {
      return readFileSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function namesOf(root: string): string[] {
  try {
    return readdirSync(join(root, REPORTS_FOLDER), { withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
      .map(entry => entry.name)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}
