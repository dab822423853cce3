// Logs of other tools as tests write them down, and what a report says of them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listEvents } from '../../src/app/event/list-events.ts'
import type { Settings } from '../../src/app/workspace/configuration.ts'
import { formatsOf } from '../../src/app/workspace/log-formats.ts'
import { documentOf, makeFolder, reportBy, reportOf, requestOf } from '../support/logs.ts'
import { WAYS } from '../support/ways.ts'

/** Lines by the path of their file: objects, or text as it stands. */
export type SourceFiles = Readonly<Record<string, readonly (object | string)[] | Uint8Array>>

export function writeSource(files: SourceFiles): string {
  const folder = makeFolder()
  for (const [name, lines] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, lines instanceof Uint8Array ? lines : textOf(lines))
  }
  return folder
}

export function textOf(lines: readonly (object | string)[]): string {
  return lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
}

/** How files are read that nobody has named a format for. */
export async function formatsIn(folder: string, sourceFormat?: string, settings: Settings = {}) {
  return await formatsOf({ sourceFormat }, { root: folder, settings, configFile: undefined })
}

/** The usage report, as JSON. */
export async function readSource(files: SourceFiles, options: Parameters<typeof reportOf>[1] = {}) {
  const folder = writeSource(files)
  return documentOf(await reportOf(folder, { formatOf: await formatsIn(folder), ...options }))
}

/** What the report says in every way of reading: one text if all say the same. */
export async function readInAllWays(files: SourceFiles): Promise<string[]> {
  const answers = new Set<string>()
  for (const way of WAYS) {
    const folder = writeSource(files)
    const document = documentOf(await reportBy(way, folder, { formatOf: await formatsIn(folder) }))
    answers.add(JSON.stringify(document).replaceAll(folder, ''))
  }
  return [...answers]
}

/** The events, oldest first. */
export async function eventsOf(files: SourceFiles) {
  const folder = writeSource(files)
  const request = requestOf(folder, { formatOf: await formatsIn(folder) })
  const { events, ledger } = await listEvents({ ...request, page: { limit: 1000, offset: 0, order: 'oldest' } }, {})
  return { events: events.map(({ object }) => object), ledger }
}

/** The tokens and counts that most tests are about. */
export function sumsOf({ summary, ledger }: { summary: Record<string, number>; ledger: Record<string, number> }) {
  const { analyses, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = summary
  return { analyses, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, duplicate: ledger.duplicate }
}
