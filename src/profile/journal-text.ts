// The text of a journal, and whether a journal that is found is trusted: only if it is complete, was written here, and contains
// nothing but what a change can contain. A journal makes files, so one that came with a copied folder must do nothing.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { InputError, UsagebookError } from '../base/errors.ts'
import { formatJson } from '../base/json.ts'
import { parseAudit } from './audit.ts'
import { parseClients } from './clients.ts'
import { parseProfile } from './profile.ts'
import { parseVersionName } from './profile-id.ts'

/** A change as it is planned: everything that will stand in the files. */
export interface Change {
  /** For people: "edit of brand_check by anna@diageo.com at 2026-02-02T10:00:00Z". */
  readonly title: string
  /** New version files, by id. */
  readonly versions: readonly { readonly id: string; readonly text: string }[]
  /** What clients.json held (null: there was none) and shall hold; absent where it stays. */
  readonly clients?: { readonly before: string | null; readonly text: string } | undefined
  /** Lines for the end of the audit. */
  readonly auditText: string
}

export interface Journal extends Change {
  /** Bytes of the audit before the change. */
  readonly auditSize: number
  readonly hasAudit: boolean
}

const journalSchema = z.strictObject({
  title: z.string(),
  versions: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  clients: z.strictObject({ before: z.string().nullable(), text: z.string() }).optional(),
  auditText: z.string(),
  auditSize: z.int().min(0),
  hasAudit: z.boolean(),
  /** The number of the file that it was written to: a copy has another one. */
  inode: z.string(),
  seal: z.string(),
})

export function formatJournal(journal: Journal, inode: bigint): string {
  const body = { ...journal, inode: String(inode) }
  return formatJson({ ...body, seal: sealOf(body) }, 0)
}

/** The journal that a text holds; anything else than one of this file is an InputError. */
export function parseJournal(text: string, inode: bigint, file: string): Journal {
  const parsed = journalSchema.safeParse(parseJson(text, file))
  if (!parsed.success) throw notBelieved(file, 'it lacks what a change has')
  const { seal, ...body } = parsed.data
  if (seal !== sealOf(body)) throw notBelieved(file, 'it was changed after it was written')
  if (body.inode !== String(inode)) throw notBelieved(file, 'it is a copy of one')
  const wrong = findWrong(body)
  if (wrong !== undefined) throw notBelieved(file, wrong)
  return body
}

function findWrong({ versions, clients, auditText }: Journal): string | undefined {
  try {
    for (const { id, text } of versions) {
      const name = parseVersionName(id)
      if (name === undefined) return `${JSON.stringify(id)} is not the id of a profile version`
      parseProfile(text, name)
    }
    if (clients !== undefined) parseClients(clients.text)
  } catch (error) {
    if (error instanceof UsagebookError) return error.message
    throw error
  }
  return parseAudit(auditText).some(entry => 'problem' in entry) ? 'its audit lines are not valid' : undefined
}

function sealOf(body: Journal & { readonly inode: string }): string {
  const { title, versions, clients, auditText, auditSize, hasAudit, inode } = body
  const sealed = [title, versions.map(({ id, text }) => [id, text]), clients?.before, clients?.text]
  return createHash('sha256')
    .update(JSON.stringify([...sealed, auditText, auditSize, hasAudit, inode]))
    .digest('hex')
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw notBelieved(file, 'it is not JSON')
  }
}

function notBelieved(file: string, why: string): InputError {
  return new InputError('change-unreadable', `${file} is not an interrupted change of this workspace: ${why}.`, {
    where: { file },
    hint: `Nothing in it was done. Remove ${file}, then run "usagebook profile validate".`,
  })
}
